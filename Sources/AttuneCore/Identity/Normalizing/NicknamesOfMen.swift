/// English men's names and the forms people use for them, written for this project from common knowledge.
enum NicknamesOfMen {
    static let lines = """
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
        mohammed mohammad muhammad mo mohamed mehmet mohd
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
}
