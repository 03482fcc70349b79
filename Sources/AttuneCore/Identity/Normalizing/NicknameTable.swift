/// Given names and the forms people use for them, one name a line, written for this project from common knowledge of the languages.
enum NicknameTable {
    static let lines = [english, englishWomen, european, wider].joined(separator: "\n")

    private static let english = """
        aaron ron ronnie ari
        abraham abe abram bram
        adam ad addie
        adrian ade
        alan allan allen al
        albert al bert bertie alberto albie
        alexander alex al sandy alec xander lex sasha alexandre alejandro alessandro aleksandr aleksander
        alfred alf alfie fred freddie al
        andrew andy drew andreas andre andrea andrei andrzej andres
        anthony tony ant anton antonio antony antoine
        archibald archie
        arthur art artie artur arturo
        augustus gus august augustin
        barnabas barney barnaby
        bartholomew bart
        benjamin ben benny benji jamie benjy
        bernard bernie bernhard bernardo
        bradley brad
        brandon brand
        brian bryan bri
        bruce brucie
        calvin cal
        cameron cam
        carl karl carlo carlos charles
        cecil cec
        charles charlie chuck chas chip charley carlos karl carl carlo
        chester chet
        christian chris christiano kristian kris
        christopher chris kit topher christoph christophe cristopher kris christos cristobal
        clarence clare
        clayton clay
        clement clem
        clifford cliff
        clinton clint
        cornelius neil con connie
        curtis curt
        cyril cy
        daniel dan danny dani danilo
        darren daz
        david dave davy dai davey davide dawid
        dean deano
        dennis den denny denis
        derek derrick rick
        dominic dom nick domenico dominik dominique domingo
        donald don donny donnie
        douglas doug dougie
        dwayne duane
        earl early
        edgar ed eddie
        edmund ed eddie ted ned edmond
        edward ed eddie ted teddy ned eddy eduardo edouard edoardo eduard
        edwin ed eddie ned
        eli elias lee elijah
        elliot eliot elliott
        emmanuel manny manuel manu emanuel
        ernest ernie ernst ernesto
        ethan eth
        eugene gene eugen eugenio
        evan ev
        ezekiel zeke
        ferdinand ferdie fernando nando
        francis frank fran frankie francisco francesco franz paco pancho francois
        franklin frank frankie
        frederick fred freddie freddy rick fritz frederic federico friedrich fredrick frederik
        gabriel gabe gab
        gareth gary gaz garth
        garrett gary
        gary gaz garry
        geoffrey geoff jeff jeffrey jeffery
        george georgie georg giorgio jorge georges jurgen yuri
        gerald gerry jerry
        gerard gerry jerry gerardo
        gilbert gil bert
        gordon gordy
        graham gray graeme
        grant grantley
        gregory greg gregg gregor gory grigori
        gustav gus gustavo
        harold harry hal
        harrison harry
        harvey harv
        hector heck
        henry harry hank hal henri enrique heinrich henrik enrico henk hendrik
        herbert herb bert herbie
        herman hermann
        horace horry
        howard howie ward
        hubert hugh bert
        hugh hughie hugo
        ian iain
        isaac ike zac
        isaiah zay
        ivan van vanya
        jack jackie jock john
        jackson jack
        jacob jake jay coby jakob jacobo jakub
        james jim jimmy jamie jem jimmie jaime diego santiago
        jared jerry
        jason jay jase
        jasper casper
        jeremiah jerry jem jeremy
        jeremy jerry jem
        jerome jerry
        jesse jess
        joel jo
        john johnny jack jon johnnie ian jock sean juan jean johann johannes hans giovanni ivan joao jan johan
        jonathan jon johnny jonny nathan jonathon john jonty
        jordan jordy jory
        joseph joe joey jos josef jose giuseppe pepe josep jozef beppe
        joshua josh
        julian jules julien julio jul
        julius jules julio giulio
        justin jus
        keith keithy
        kenneth ken kenny
        kevin kev
        kurt curt
        kyle ky
        lambert bert
        laurence lawrence larry laurie lorenz lorenzo lars lauren
        leonard leo len lenny leon leonardo leonhard
        leopold leo poldi
        leroy roy lee
        leslie les
        lester les
        lewis lou louis lew luis louie luigi ludwig
        lincoln linc
        lionel leo
        logan log
        lucas luke luca lukas luc luka
        malachi mal
        malcolm mal
        marcus marc mark marco marcos markus
        mark marc marco markus marek
        marshall marsh
        martin marty mart martino martijn
        marvin marv
        matthew matt matty matthias mathew mateo matteo matthieu mathias mats matias
        maurice mo maury morris moritz maurizio
        maximilian max maxim maxwell massimo
        maxwell max
        melvin mel
        michael mike mick mickey mikey micky miguel michel michele mikhail misha mikael michal
        miles milo
        mitchell mitch
        mohammed mohammad muhammad mo mohamed ahmed mehmet mohd
        montgomery monty
        morgan mo
        nathan nate nat
        nathaniel nate nat nathan
        neil neal niall
        nelson nels
        nicholas nick nicky nico nicolas nikolaus klaus nikolai nicola niklas nicolo
        noah noe
        norman norm
        oliver ollie olly noll olivier
        oscar oskar ozzie
        oswald ozzie os
        otto ottie
        owen ewan
        patrick pat paddy rick patty patricio patrice patrik
        paul pauly pablo paolo paulo pavel pawel
        percival percy
        peter pete pedro pietro pierre petr piotr piet petey
        philip phil phillip pip felipe filippo philippe philipp
        preston pres
        quentin quinn
        ralph rafe raff
        ramon ray
        randall randy
        randolph randy dolph
        raphael rafael raf rafe rafa raffaele
        raymond ray raimund raimondo
        reginald reg reggie rex
        reuben rube ruben
        richard rick dick rich ricky richie dickie ricardo riccardo ritchie
        robert rob bob bobby robbie bert robin bobbie roberto robb rupert
        roderick rod roddy rick rodrigo
        rodney rod roddy
        roger rog ruggero rodger
        roland rolly rowland orlando
        ronald ron ronnie ronny ronaldo
        rory ror
        rosco ross
        rudolph rudy rudi rodolfo dolf
        rufus rufe
        russell russ rusty
        ryan ry
        samson sam
        samuel sam sammy samy
        saul solly
        scott scotty scottie
        sean shaun shawn shane
        sebastian seb bastian sebastien bas basti
        seth set
        sheldon shel
        sidney sid syd
        silas si
        silvester sly sylvester vester
        simon si sy simone simeon
        solomon sol solly
        spencer spence
        stanley stan
        stephen steve steven stevie ste stefan stephan esteban stefano etienne
        stuart stu stewart
        terence terry terrance terrence
        thaddeus tad thad
        theodore theo ted teddy teodoro theodor
        thomas tom tommy thom tomas tommaso tam
        timothy tim timmy timo timothee
        tobias toby tobi
        todd toddy
        travis trav
        trevor trev
        tristan tris
        tyler ty
        tyrone ty
        valentine val valentin valentino
        vernon vern
        victor vic viktor vittorio vick
        vincent vin vince vinny vinnie vincenzo vicente
        virgil virge
        wallace wally
        walter walt wally gualtiero wat
        warren wazza
        wayne wayney
        wesley wes
        wilbur will wilber
        wilfred wilf fred will
        william will bill billy liam willie willy guillermo guglielmo wilhelm guillaume willem wim wil
        winston win winnie
        woodrow woody
        xavier xavi javier javi
        zachary zach zak zack zac zachariah
        """

    private static let englishWomen = """
        abigail abby abbie gail abbey
        adelaide addie ada heidi adele
        adele addy della adela
        adeline addie ada lina della
        adriana adri ana
        agatha aggie
        agnes aggie nessie ines agnieszka
        aileen eileen allie
        alana lana
        alexandra alex sandra sandy lexi alexa sasha lexie alejandra alessandra xandra
        alexis lexi alex lexie
        alice allie ali alicia elsie
        alicia ali allie alisha lisa
        alison ali allie allison
        amanda mandy manda amy
        amber amby
        amelia amy millie mel emily amelie mia
        amy ami aimee
        anastasia ana stacey stacy nastya tasia
        andrea andie andy drea
        angela angie ang angel angelina
        angelica angie
        anita ann annie nita
        ann anne annie anna hannah nan nancy annette
        anna ann annie anya ana hanna nan anne
        annabelle anna belle bella annie annabel
        annette annie ann nettie
        antonia toni tonia
        april apple
        arabella bella belle
        ashley ash leigh ashleigh ashlee
        audrey aud
        aurora rory
        barbara barb babs barbie bab
        beatrice bea trixie beatrix bee beatriz
        belinda bel linda lindy
        bernadette bernie detta
        bernice bernie
        bertha bertie birdie
        bethany beth
        betty bette liz elizabeth betsy
        beverly bev beverley
        bonita bonnie
        bonnie bon
        brenda bren brandy
        bridget bridie biddy bridgette brigitte brigid bridgett
        brittany britt brit
        brooke brookie
        brooklyn brook lyn
        camilla cam millie milla camila camille
        camille cam millie
        candace candy candice
        carmen carmel
        carol carrie caz caroline lynn carole
        caroline carrie carol lina caro lynn carolina
        carolyn carrie carol lynn lyn cassie
        cassandra cassie sandra sandy cass
        catherine cathy kate katie cat kitty kathy katherine kathryn cate caterina catarina catalina katharina
        cecilia cece cissy celia cecile
        charlene charlie
        charlotte charlie lottie lotte char carlotta
        chelsea chels
        cheryl cher sherry
        chloe clo
        christina chris tina chrissie christy kristina kris cristina christine krissy
        christine chris tina chrissy christy kristine christina kirsten
        clara clare claire klara
        claudia claude claudie
        colleen col
        constance connie constanza
        cora coretta corrie
        cordelia delia cordy
        corinne cora rina
        courtney court
        crystal chris crys krystal
        cynthia cindy cyn cindi
        daisy margaret
        danielle dani ellie danni daniela danny
        daphne daph
        darlene lena darla
        dawn dawnie
        deanna dee anna deanne
        deborah deb debbie debs debra debby
        delia dee
        delilah lila dee lilah
        della del dell
        delores dolly lola dolores lolita dee
        denise den denny dee
        diana di diane dee dianne
        dominique nikki dom
        donna don
        dora dorrie
        doris dorrie dor
        dorothy dot dottie dolly dora dorothea dotty dortha dodie thea
        edith edie edythe
        edna eddie
        edwina eddie winnie
        eileen ellie
        elaine ellie lainey elena
        eleanor ellie nell nora lenora ella nellie elinor leonor eleanora
        elena ellen helena lena
        elisa lisa elise ellie elisabeth
        elizabeth liz beth lizzie betty eliza betsy libby lisa bess elisabeth elsie lily bessie lisbeth isabel elspeth lisette lizzy elsa ilse
        ella ellie ellen
        ellen nell nellie ellie helen elena
        elsie elsa
        emily em emma millie emmy emilia mel milly
        emma em emmy
        erica rickie erika ricki
        erin eryn
        estelle essie stella estella
        esther essie hester hettie
        ethel eth
        eugenia genie
        eva eve evie evelyn
        evangeline eva evie angie
        evelyn evie eve lynn eva
        faith fay
        felicity flick fliss
        fiona fi
        florence flo florrie flossie
        frances fran frankie francie fanny sis francesca franziska francisca
        gabrielle gabby gabi elle ella gabriela gabriella brielle
        genevieve gen evie jenny viv
        georgina georgie gina georgia
        geraldine gerry dina
        gertrude gertie trudy trude
        gillian gill jill gilly jillian
        gina georgina regina
        gloria glo
        grace gracie
        gretchen greta margaret
        guinevere gwen
        gwendolyn gwen wendy lynn gwendoline
        hannah hanna ann nan anna
        harriet hattie harry
        hazel haze
        heather hettie
        heidi adelheid
        helen nell ellen nellie helena lena elena ellie
        henrietta hettie etta hattie henriette
        hillary hilly hilary
        holly hol
        hope hopie
        ida idie
        imogen immy
        irene rene rena irena irina
        iris risa
        isabella bella izzy belle isabel issy ella isabelle
        isabelle bella izzy belle isabel
        ivy ive
        jacqueline jackie jacqui lyn jacquelyn jacki
        jane janie jenny jan janet jeanne
        janet jan jenny
        janice jan
        jasmine jas jazz yasmin
        jayne jane
        jean jeannie
        jeanette jean jenny nettie jan
        jemima mima jem
        jennifer jen jenny jenn jennie
        jessica jess jessie
        jillian jill
        joan jo joanie joanne
        joanna jo anna joanne joann
        joanne jo joan
        jocelyn joss lyn jo
        josephine jo josie fina josefina
        joyce joy
        juanita nita
        judith judy jude
        julia julie jules juliet giulia
        juliana julie ana
        julie jules julia
        juliet julie jules
        june junie
        karen kaz kari
        katherine kate kathy katie kat kay kitty cathy catherine kathryn kit katy kath trina katharine ekaterina katya
        kathleen kate kathy kay katie kath kitty katy cathleen kittie lena trina
        kathryn kate kathy katie kay kat kath
        kayla kay
        kelly kel
        kendra kenny
        kimberly kim kimmy kimberley
        kirsten kirsty kris
        kristen kris kristy chris krissy
        kristin kris kristy chris
        kristina kris tina krissy christina kristine
        krystle kris krystal
        lara larissa
        latoya toya
        laura laurie lori lolly lauren laure
        lauren laurie ren laura lori
        leah lee lea
        leanne lee anne
        lena helena magdalena
        leona lee nona
        leslie les lee lesley
        leticia letty tish titia lettie
        lillian lily lil lilly
        lily lil lillian liliana
        linda lindy lin lynn lyn
        lindsay lin lindsey linz
        lisa liz elisa elizabeth lis
        lois lo
        lorena lori rena
        loretta lori etta retta
        lori laura lorraine lorie
        lorraine lori raine lorrie
        louise lou lulu luisa lois
        lucille lucy lu lou
        lucinda lucy cindy lu
        lucy lu lucia luce
        lydia liddy lyddie
        lynn lyn linda lynne
        mabel mae may
        madeleine maddie mad maddy madeline madelyn magdalena
        madison maddie maddy
        magdalena maggie lena magda
        malinda lindy linda
        marcia marcy marsha
        margaret maggie meg peggy marge margie madge greta rita peg daisy margot marguerite meggie megan margarita margarete margherita
        maria mary marie mia mariah mari marisa
        marianne mary anne mari
        marie mary maria
        marilyn mary lynn mari
        marion mary
        marjorie marge margie marjory
        marlene marly lena
        martha marty mattie patty marta
        mary molly polly maria marie mae may mamie minnie moll
        maryellen mary ellen
        matilda tilly mattie tilda mathilda mathilde
        maureen mo reenie
        maxine max
        megan meg meggie margaret
        melanie mel mellie
        melinda mel lindy linda mindy
        melissa mel lissa missy lisa
        mercedes mercy sadie
        meredith merry
        michaela mickey kayla
        michelle shelly mickey shell chelle micki
        mildred millie milly
        miranda randy mandy mira
        miriam mimi mitzi
        molly mary moll
        monica mona nica monika
        muriel mur
        myra mira
        myrtle myrt
        nadia nadine
        nancy nan ann
        naomi nomi
        natalie nat nattie natalia natasha
        natasha tasha nat natalia tash
        nellie helen eleanor
        nicole nikki nicky nic coley nicola nicolette
        nicola nicky nikki nic
        nora eleanor honora norah
        norma norm
        octavia tavia
        olive ollie livvy
        olivia liv livvy olive ollie livia
        ophelia phelia
        pamela pam pammy
        patricia pat patty tricia trish patsy patti trisha
        patsy patricia
        paula polly paulie pauline paulina paola
        pauline polly paula lina
        pearl pearlie
        penelope penny nell
        penny penelope
        philippa pip pippa
        phoebe phebe
        phyllis phyl
        polly mary
        priscilla cilla prissy
        prudence pru
        rachel rae rach shelly rachael raquel
        ramona mona
        rebecca becky becca bec becs rebekah
        regina gina reggie
        renee rene
        rhoda rho
        rhonda ron ronnie
        roberta bobbie robbie bobby berta
        robyn robin rob
        rosa rose rosie
        rosalind roz rosie linda
        rosalie rose rosie lee
        rosanna rose anna
        rose rosie rosa
        rosemary rose rosie mary romy rosemarie
        roxanne roxy rox roxanna
        ruby rube
        ruth ruthie
        sabrina brina
        sally sarah sal
        samantha sam sammy sami mantha
        sandra sandy sand alexandra
        sarah sally sadie sal sara sassie
        savannah vanna
        scarlett scar
        selena lena
        selina lina
        shannon shan
        sharon shaz shari sherry
        sheila shelly
        shelby shel
        sherry cheryl sheri
        shirley shirl lee
        sierra sie
        sophia sophie soph sofia sonia zofia
        stacey stace stacy anastasia eustacia
        stella estelle stell
        stephanie steph stephie fanny stevie stefanie stefania
        summer sum
        susan sue susie suzie suzy sukie suzanne susanna
        suzanne sue susie suzy susan
        sylvia syl silvia
        tabitha tabby
        tamara tammy tami mara
        tammy tamara
        tanya tania tatiana
        teresa terry tess tessa tracy theresa terri resa reese
        theresa terry tess tessa teresa terri tracy resa
        tiffany tiff tiffy
        tina christina
        toni antonia
        tracy trace theresa tracey
        ursula ursie
        valerie val
        vanessa nessa van vanna
        vera veronica
        veronica ronnie vera roni nica veronique
        victoria vicky tori vic vicki vickie tory vikki
        viola vi ola
        violet vi lettie
        virginia ginny ginger gina
        vivian viv vivienne
        wanda wendy
        wendy gwen
        whitney whit
        wilhelmina mina willa billie minnie wilma
        winifred winnie freda fred
        yolanda yoli
        yvonne vonnie eve
        zoe zo zoey
        """

    private static let european = """
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
        """

    private static let wider = """
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
