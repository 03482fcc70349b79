/// Names of other languages and the forms people use for them, written for this project from common knowledge.
enum NicknamesOfEurope {
    static let lines = """
        alois lois luis
        dietrich dieter dirk
        eberhard eber hardy
        erhard hardy
        gerhard gerd gert
        gottfried friedel
        gunther gunter
        hans johannes johann
        heinrich heinz heiner
        helmut helmi
        johannes hannes jo jonas
        joachim jochen achim jockel
        josef sepp jupp peppi
        karlheinz kalle heinz
        konrad conny kurt
        manfred manni fred
        matthias matze hias
        reinhard reini hardy
        siegfried siggi sigi
        sigmund sigi
        stefan steffen stephan
        ulrich uli ulli
        wilhelm willi willy
        wolfgang wolf wolfi
        angelika geli angie
        annegret anne
        brigitte gitte britta
        christiane christa jana
        dorothea doro thea dorothee
        elfriede friedel elfi
        elisabeth elli lisbeth liesel sissi lisa else betti
        franziska franzi ziska
        friederike rike
        gabriele gabi
        gertrud trudi
        gudrun gudi
        hannelore hanne lore
        ingeborg inge
        johanna hanna jo hanni
        katharina kathi kati katja katrin
        magdalene magda leni lena
        margarete grete gretel gretchen rita
        mechthild mecki
        renate reni
        rosemarie rosi
        susanne susi sanne
        theresia resi
        ursula uschi ulla
        waltraud traudel
        alejandro ale jandro alex
        antonio toni tono nino
        eduardo lalo edu
        enrique quique kike
        felipe pipe
        fernando nando fer
        francisco paco pancho curro fran cisco kiko
        guillermo memo guille
        gustavo tavo
        ignacio nacho
        jesus chucho chuy
        joaquin quino
        jose pepe chepe
        juan juancho
        luis lucho
        manuel manolo manu lolo
        rafael rafa
        ricardo richi cardo
        roberto beto
        santiago santi
        sergio checo
        vicente chente
        concepcion concha conchita
        consuelo chelo
        dolores lola
        francisca paca paqui
        guadalupe lupe lupita
        isabel isa chabela
        josefa pepa
        maria mari
        mercedes merche
        pilar pili
        rosario charo
        teresa tere
        antonio totonho toninho tonho
        francisco chico
        jose ze zeca
        joao joaozinho
        luiz luizinho lula
        alessandro ale sandro
        giovanni gianni vanni
        giuseppe beppe peppe pino
        francesco franco checco cesco
        lorenzo renzo
        salvatore toto turi
        vincenzo enzo
        domenico mimmo nico
        luigi gigi gino
        filippo pippo
        antonella nella
        giuseppina pina
        caterina rina cate
        antoine toine
        benoit ben
        francois fanfan
        frederic fred
        jacques jacquot
        philippe phil
        catherine cathy
        dominique domi
        elisabeth babette lise
        genevieve gene
        veronique vero
        johannes jan hans joop
        cornelis cees kees cor
        hendrik henk rik
        wilhelmus wim willem
        adrianus arie ad
        petrus piet peter
        aleksandra ola olga
        katarzyna kasia
        malgorzata gosia
        agnieszka aga
        joanna asia
        barbara basia
        elzbieta ela
        magdalena magda
        krzysztof krzys
        stanislaw staszek
        tomasz tomek
        jan janek
        aleksandr sasha sanya shura alexander
        aleksei alyosha lyosha alexey
        anastasia nastya
        dmitri dima mitya dmitry
        ekaterina katya
        elena lena
        evgeni zhenya
        ivan vanya
        maria masha
        mikhail misha
        natalia natasha
        nikolai kolya
        olga olya
        pavel pasha
        sergei seryozha sergey
        svetlana sveta
        tatiana tanya
        vladimir volodya vova vlad
        yekaterina katya
        yuri yura
        abdul abdullah
        ahmed ahmad
        hussein husain hussain
        mohammed muhammad mohamed mohammad mohd
        yusuf yousef yosef
        fatima fatma
        aishwarya aish
        lakshmi laxmi
        krishna krish
        rajesh raj raju
        rajendra raj
        ramesh ram
        sanjay sanju
        suresh suri
        vijay viju
        priyanka priya
        """
}
