/** Given names by culture that the dictionary's lists, mostly English, lack. Lower case, accents as they are written. */
export const givenNames: ReadonlySet<string> = new Set(
  `
  anke anja antje axel bärbel bernd birgit birte björn claudia detlef dieter dirk doris elke erika ernst eva frauke friedrich fritz
  gerd gerhard gesine gisela günter günther hannelore hans hartmut heike heiko heinrich heinz helga helmut herbert holger horst
  ilse ingo ingrid inge jens jochen joachim johanna jonas jörg jürgen juergen jutta kai karin karl karsten katja katrin kerstin klaus
  konrad kurt lars lukas lutz manfred marek markus matthias mathias max michaela monika moritz murat nadine nils norbert olaf
  otto petra rainer reinhard renate rolf rüdiger ruth sabine sebastian sigrid silke simone stefan steffen stephan susanne sven swen tanja
  thorsten thomas torsten udo ulrich ulrike ursula ute uwe volker werner wilhelm wolfgang yvonne anneliese bastian florian jan leon
  amélie antoine arnaud aurélie aurore baptiste benoît benoit bertrand brigitte camille cécile céline chantal christelle christophe
  clémence corentin damien delphine denis dominique édouard élise élodie émile emmanuel emilie émilie étienne fabien fabrice florence
  françois francois françoise frédéric gaël geneviève georges gérard gilles guillaume hélène hervé honoré hugues isabelle jacques
  jean jérôme joël josé julien laurence laurent léa léo lucie luc ludovic marcel marguerite marine maxime mathieu matthieu mélanie
  mickaël monique nathalie nicolas noémie océane odette olivier pascal patrice philippe pierre quentin raphaël régis rémi romain
  sandrine sébastien solange sophie stéphane stéphanie sylvain sylvie thérèse théo thibault thierry valérie véronique virginie
  xavier yann yves yvette zoé arnaude moïse
  alejandro alfonso álvaro amparo andrés ángel antonio araceli arturo beatriz begoña belén benito carlos carmen catalina cayetano
  cesar césar concepción consuelo cristina cristóbal diego dolores eduardo elena emilio enrique esteban esperanza eugenio eusebio
  fabián federico felipe fermín fernando francisca francisco gabriel gerardo gonzalo gregorio guadalupe guillermo gustavo héctor
  hernán hugo ignacio inés inmaculada isidro iván jaime javier jesús joaquín jorge josefa josé juan juana julián julio lorenzo
  lourdes lucía luis luisa manuel manuela marcelo marcos maría mario marisol martín mateo mauricio mercedes miguel milagros montserrat
  moisés natalia nuria óscar pablo paloma paola patricio pedro pilar rafael rafaela ramón raúl ricardo roberto rocío rodolfo rodrigo
  rogelio rosario rubén salvador santiago sergio silvia sofía soledad susana tomás teresa úrsula valentina vicente víctor ximena
  yolanda arquímedes afonso ana andré antónio beatriz bruno caio carlos catarina cláudio daniela davi duarte eduarda fábio fernanda
  gustavo helena henrique inês isabel joana joão joaquim júlia júlio kauê larissa letícia luana lucas luís luiz luiza márcia marcelo
  mariana martim mateus matheus murilo nuno otávio paulo pedro rafael renato rodrigo sofia tânia thiago tiago tomás vinícius vitor vitória
  alessandro alessia alberto aldo andrea angelo antonella arianna armando bianca carla carlo carmela chiara cinzia claudio corrado cristiano
  daniele dario davide domenico donatella elisa elisabetta emanuele enrico enzo ettore fabio fabrizio federica filippo flavia francesca
  francesco franco gennaro giacomo gianluca gianni giorgio giovanna giovanni giulia giulio giuseppe graziella guido ilaria
  lorenzo luca luciano luigi manuela marcello marco margherita mariano mario massimo matteo mattia maurizio mauro michele mirella nicola
  nicoletta ornella paola paolo patrizia piero pietro raffaele renzo riccardo rita roberta rocco romano rosa salvatore sandro sara serena
  silvio simona stefania stefano tiziana tommaso umberto valentina valerio vincenzo vittorio
  adriaan anouk arjan bart bartele bas bastiaan bram coen cornelis daan dirk eelco erik esther femke floor floris frans frederik gerben
  gerrit gijs hendrik hendrika henk hugo ilse jaap jan janneke jasper jeroen jesse johan johannes joost joris jos jurgen kees klaas koen
  lieke lotte maaike maarten machiel marieke marijke marloes martijn matthijs mieke niels noor peter piet pieter pim rik rob robin roel ruben
  ruud saskia sander sanne sem stijn teun thijs tijmen timo ton wim wouter willem
  anders anna annika arvid astrid åke åsa birgitta bengt birger britta carina carl einar elin elsa emil erik eskil eva fredrik
  frida greta gréta gunnar gunilla gustaf gustav håkan hanna hans hedda helge henrik inga inger ingeborg ingemar ingrid ingvar jan jens johan
  jonas jörgen karin karl kerstin kjell knut kristian kristina kristoffer lars lasse leif lena linnea lisbeth lotta magnus maja malin maria mats
  mikael mikkel monica morten nils nina olav ole olof oskar ove per pernille petter pia ragnar rasmus rune signe sigrid siri solveig søren sören
  stefan stein sten stig svante sven svein terje thor tor tore torbjörn torsten tove trond ulf ulla viggo viktor wenche yngve øyvind
  aino antti eero eino elina eija esa hanna hannu heikki helmi ilkka irja jaakko janne jari jarmo johanna jorma jouko jouni juha juhani jukka
  kaarina kalle kari katri kimmo kirsi lauri leena liisa markku marja marjatta marko matti mika mikko minna niina olli onni oona paavo
  päivi pasi pekka pentti petri pirkko raimo raija riitta risto ritva sami sanna sari satu seija seppo sirpa taina tapio tarja timo toivo tuomas
  tuula ulla urho veikko vesa ville väinö
  arnar árni ásta birgir birna bjarni einar erla gréta guðmundur guðrún gunnar hallgerður helgi hildur ingibjörg ingþór jón jóhann jóhanna
  katrín kristín ólafur ragnheiður sigríður sigurður snorri stefán steinunn þóra þórður tómas
  adam agata agnieszka aleksandra aleksander alicja anna andrzej arkadiusz artur bartosz beata bogdan bogumił bożena bronisław cezary czesław
  dagmara damian danuta dariusz dominika dorota edyta elżbieta ewa ewelina franciszek gabriela grażyna grzegorz halina hanna henryk
  honorata ignacy irena iwona izabela jacek jadwiga jakub jan janina janusz jarosław jerzy joanna jolanta józef judyta julia justyna karol
  karolina katarzyna kazimierz kinga konrad krystyna krzysztof leszek lidia lucyna ludwik łukasz maciej magdalena małgorzata marcin
  marek maria mariusz marzena mateusz michał mieczysław mirosław monika natalia paweł piotr przemysław rafał renata robert roksana
  roman ryszard sebastian sławomir stanisław stefania sylwia szymon tadeusz teresa tomasz urszula wacław waldemar wanda wiesław wiktor
  wioletta władysław włodzimierz wojciech zbigniew zdzisław zenon zofia zuzanna zygmunt żaneta
  alena alžběta aneta barbora blanka blažena bohumil božena daniela dana drahomíra eliška františek hana helena ivana jana jaroslav
  jiří jitka josef kateřina klára květa ladislav lenka libor lucie ludmila luděk lukáš magda marie markéta marta martina matěj michal
  milan milena miloš miroslav monika naděžda oldřich ondřej otakar pavel pavla petr radek radka radim renáta roman růžena
  šárka stanislav štěpán tereza tomáš václav věra veronika vladimír vladimíra vlasta vojtěch zdeněk zdenka zuzana žofie cyril cirilka
  ádám ágnes andrás anikó árpád attila balázs béla bence borbála csaba csilla dániel dávid dezső dóra edit enikő erzsébet
  éva ferenc gábor gergely géza györgy gyula ildikó imre istván jános jenő józsef judit júlia kálmán kalman katalin krisztián krisztina
  lajos lászló lőrinc magdolna márta márton mária máté mátyás miklós mónika nándor nóra orsolya pál péter piroska réka róbert sándor
  szabolcs szilvia szebasztián tamás tibor tímea tünde veronika viktória vilmos zoltán zsófia zsolt zsuzsanna
  aleksandar ana ante bojan boris branislav branko časlav damir danijel darko davor dejan dragan dragana dražen dušan dubravka emina
  franjo goran goranka gordana hrvoje igor ivan ivana ivica ivo jadranka jasmina jasna jelena josip jovan katarina kosara krešimir
  lidija ljiljana ljubica luka maja marijana marija mario marko marta mate matija milan mile milica miloš mirjana mladen nataša nebojša nenad
  nevena nikola ognjen petar predrag radovan ratko saša sanja senka siniša slavica slavko slobodan snežana stipe stjepan svetlana tanja
  tatjana tihomila tihomir tijana tomislav uroš vedran vesna vladan vlado vuk zdravko željka željko zlatan zlatko zoran zorica zvonimir
  alexandru adrian andreea bogdan camelia cătălin cornel cristian corina cosmin dan daniela doina dragoș elena florin gabriela gheorghe
  ileana ioan ioana ion ionel ionuț iulia iulian laura liviu lucian marius mihaela mihai mircea monica nicolae octavian ovidiu petru radu raluca
  răzvan roxana silviu simona sorin ștefan teodora traian valentin vasile veronica viorel vlad
  afanasy akim aleksandr aleksei aleksey alexei alina alla anastasia anastasiya anatoly andrei andrey anton arkady artem artyom boris daria daniil
  denis dmitri dmitry ekaterina elena elizaveta evgeny evgeniya fyodor galina gennady georgy grigory igor ilya inessa inna irina ivan
  karp katya kirill konstantin ksenia lada larisa lev lidia lyudmila maksim margarita maria marina matvei methodius mikhail mila nadezhda natalia natalya
  nikita nikolai nikolay nina oksana oleg olga pavel polina pyotr raisa rodion roman ruslan saidakhmad semyon sergei sergey sonya stanislav
  stepan svetlana taisia tamara tatiana tatyana timofey timur vadim valentin valery vasily vera viktor vitaly vladimir vladislav vyacheslav yana
  yaroslav yegor yelena yevgeny yulia yuri zhanna zinaida zoya
  agni alkis anastasios antonis apostolos aristotelis christos dimitra dimitrios dimitris eleftheria eleni evangelia evangelos fotini
  georgios giannis giorgos ioanna ioannis katerina konstantina konstantinos kostas maria nikolaos nikos panagiota panagiotis pavlos
  petros sofia spyridon spyros stavros stelios thanasis theodora theodoros vasiliki vasilis yannis
  aaliyah abbas abdallah abdul abdullah adel ahmad ahmed aisha akram ali amal amina amine amir amira anwar asma aziz bashir bilal dalia
  dina emine fadi farah farid faris fatima fatma fawzi ghassan habib hadi hafsa hakim hala hamid hamza hana hanan hani hasan hassan hatice
  huda hussain hussein ibrahim idris imad iman ismail jamal jamila kamal karim khadija khaled khalid khalil laila layla leila mahmoud
  majid malik mariam maryam mehmet mohamed mohammad mohammed mona mourad muhammad munir mustafa nabil nadia nadir naima najib nasser nawal
  noura omar osama othman qasim rachid rafik rania rashid reem riad saad sabah sadiq safiya said salah salem salim salma samir samira
  sami sana sara sharif soraya sultan tahir tarek tariq usama wafa walid yasin yasmin yasmine yasser younes yousef youssef yusuf zahra
  zainab zaid zeinab ahmet ayşe burak cem deniz ebru elif emre esra fatih hakan hüseyin ibrahim kemal leyla mert merve murat
  oğuz onur orhan osman özge selim selin serkan sibel sinan tolga tuncay ümit yıldız yusuf zeynep
  akira akiko asuka ayaka ayumi chihiro chiyo daisuke eiji emi fumiko fumio hana haruka haruki haruko haruto hayato hideki hideo hikari hiroko
  hiroshi hiroto hisashi ichiro isamu iwao jiro junko kaito kana kaori kaoru katsuo kazuki kazuko kazuo keiko keisuke kenichi kenji kenta
  kiyoshi koji kyoko makoto mami manabu mao mariko masaki masako masao masaru mayumi megumi michiko midori mika miki minoru misaki mitsuko
  miyuki nao naoki naoko naomi natsuki noboru nobuko noriko osamu reiko rina ryo ryota sachiko sakura satoshi satomi shigeru shinji shiori shota
  shun sora sumiko tadashi takahiro takashi takeshi takumi tamiko taro tatsuya tetsuya tomoko tomoya toshiko toshio tsubasa yasuko yasuo yoko
  yoshiko yoshio yui yuki yukiko yuko yumi yumiko yusuke yuta yuto yutaka
  bai bo chen cheng chun dong fang feng guo hai hong hua hui jia jian jiang jie jing jun lei li lin ling mei meng min ming na ning ping
  qiang qing rong shan shu tao ting wei wen xia xiang xiao xin xiu xue yan yang yi ying yong yu yuan yulan yun zhen zhi zhong minh anh
  chi dung duc duong hanh hien hieu hoa hoang hung huong huy khanh kim lan linh loan long mai nam nga ngoc nhung phuong quang quoc
  quyen son tam thanh thao thi thu thuy tien tran trang trung tuan tuyet van viet vinh xuan yen jae ji joon min-jun seo-yeon soo hyun
  aarti abhishek aditi aditya ajay akash akhil amit amitabh amrita anand anil anita anjali ankit anushka aparna arjun arun arvind asha ashok
  avinash bhavna chandra deepak deepika dev devi dinesh divya gaurav gautam geeta gopal harish indira jaya jyoti kavita kiran krishna kumar lakshmi
  lalit madhuri mahesh manish manoj meena meera mohan mukesh nandini naresh neha nikhil nisha nitin padma pooja prabhu pradeep prakash pranav prasad
  priya priyanka radha raj rajesh rajiv rakesh ramesh rani ravi rekha ritu rohan rohit sachin sandeep sanjay santosh sarita satish seema shanti
  sharmila shikha shiv shreya shyam sita sneha sonia srinivas subhash sudha sumit sunil sunita suresh swati tara uma usha vandana varun vijay
  vikas vikram vinay vinod vishal vivek yash
  adaeze adebayo adeola akua amara ayo babajide bukola chiamaka chidi chinedu chioma efua ekene emeka femi folake ifeoma ikenna ime
  jelani kamau kelechi kofi kojo kwabena kwame kwasi lindiwe mandla makena ngozi njeri nkechi nnamdi nomvula obinna olumide oluwaseun onyeka
  sipho tendai thabo themba tunde wanjiru yaa yetunde zanele zodwa zola
  aaliyah aidan aiden alfie alina alysha amelia arlo ashleigh ashlyn aubree ava avery ayden bailey braden brayden braxton brenda brodie brooklyn
  bryson caden caitlin callum carly cason chelsea chloe cody colby corey courtney dakota dawson darin daryl demi dominic dylan eleanor ella ellie
  erin ethan evie ewan finlay finley freya gemma georgia gianna gwen hailey harrison hayden imogen isla jaden jayden jaylee jenna joshua kayla keira kelli kendra
  kieran kimberly kirsty kyle kylie layla liam lachlan lily logan lola lorna louisa lydia madison maisie makayla mckenzie mckenna mikayla millie morgan niamh oisin
  oscar owen paige phoebe poppy reece rhiannon rhys riley rory rowan ruby rufus ryan saoirse scarlett sean seamus shania shannon sienna siobhan skye sophie spencer
  stacey summer tegan tilly toby tyler zach zara penny brandy randy sandy tommy
  `
    .trim()
    .split(/\s+/),
);

/** Names that are first of all words (or months, or places): they need something beside them that speaks for a person. */
export const wordsToo: ReadonlySet<string> = new Set(
  `
  ace amber angel angels april art ash august aurora autumn bill bob brook brooke buddy carol case chance chase chip christian christmas
  clay cliff colt cruz crystal daisy dale dallas dawn dean destiny dick dolly dot dove drew duke earl eden elf ever faith fern flora florence
  forest frank gene gift glen gold grace grant guy harmony harry hazel heath heather heaven henry herb holly honor hope houston hunter iris ivory ivy
  jack jackson jade jasmine jay jean jewel john joy june king kit lance lane lark laurel lily lincoln london long love lucky madison major
  mark marina mason master max may melody mercy miles milo misty nick nova olive page paris parker pat patience pearl penny petal phoenix pierce
  piper pierre poppy price prince princess queen rain rank ray reed rich rise rob robin rock rocky rod rose ruby rusty sage sandy savannah scout sky
  skip sofia sonny star stone storm summer sue sunny sydney tad taylor temple terra tiffany troy true trinity van victor victoria viola violet virginia
  wade ward wayne west will willow win winter wren young son kim lan nam min an na long yang mai hoa hung hong yu yi li bo jun ping ling chi van tam hai
  thu kai dan dev ever ton per bent vala sem floor rocco rani tara zola jos rob sol rune dung sari ion dina mona nova lada lev mate ante luka
  mile vuk rosa romano bas rik paola dolores pilar salvador santiago milagros mercedes soledad consuelo esperanza rocío guadalupe lourdes concepción
  ángel jesús cruz amparo rosario florian eden said salem sultan malik sana sabah hala asma iman farah amal aurora china asia israel india
  kenya holland german roman jordan chad georgia carolina alexandria adelaide cairo cheyenne vienna lorraine dakota carson cody bailey logan
  page ally mia ava ami kit ria tia art lane ford abbey ada ana bay ben cal ela ina jan kay lea les lex mel nan rex ron sal sam sid ted tim
  tom val wes cat mae doc ida iva roe ali eve ian lee
  `
    .trim()
    .split(/\s+/),
);
