/// English women's names and the forms people use for them, written for this project from common knowledge.
enum NicknamesOfWomen {
    static let lines = """
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
        amanda mandy manda
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
        camila cami camilla mila
        camilla cam millie milla
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
        eva eve evie
        evangeline eva evie angie
        evelyn evie eve lynn
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
        lauren laurie ren laura
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
        wendy gwen
        whitney whit
        wilhelmina mina willa billie minnie wilma
        winifred winnie freda fred
        yolanda yoli
        yvonne vonnie eve
        zoe zo zoey
        """
}
