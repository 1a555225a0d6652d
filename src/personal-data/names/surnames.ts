/** Frequent family names of many countries; lower case. */
export const surnames: ReadonlySet<string> = new Set(
  `
  smith johnson williams brown jones garcia miller davis rodriguez martinez hernandez lopez gonzalez wilson anderson thomas taylor moore jackson
  martin lee perez thompson white harris sanchez clark ramirez lewis robinson walker young allen king wright scott torres nguyen hill flores
  green adams nelson baker hall rivera campbell mitchell carter roberts gomez phillips evans turner diaz parker cruz edwards collins reyes
  stewart morris morales murphy cook rogers gutierrez ortiz morgan cooper peterson bailey reed kelly howard ramos kim cox ward richardson watson
  brooks chavez wood james bennett gray mendoza ruiz hughes price alvarez castillo sanders patel myers long ross foster jimenez powell jenkins
  perry russell sullivan bell coleman butler henderson barnes gonzales fisher vasquez simmons romero jordan patterson alexander hamilton graham
  reynolds griffin wallace moreno west cole hayes bryant herrera gibson ellis tran medina aguilar stevens murray ford castro marshall owens harrison
  fernandez mcdonald woods washington kennedy wells vargas henry chen freeman webb tucker guzman burns crawford olson simpson porter hunter gordon
  mendez silva shaw snyder mason dixon munoz hunt hicks holmes palmer wagner black robertson boyd rose stone salazar fox warren mills meyer rice
  schmidt garza daniels ferguson nichols stephens soto weaver ryan gardner payne grant dunn kelley spencer hawkins arnold pierce vazquez hansen
  peters santos hart bradley knight elliott cunningham duncan armstrong hudson carroll lane riley andrews alvarado ray delgado berry perkins hoffman
  johnston matthews pena richards contreras willis carpenter lawrence sandoval guerrero george chapman rios estrada ortega watkins greene nunez wheeler
  valdez harper burke larson santiago maldonado morrison franklin carlson austin dominguez carr lawson jacobs obrien lynch singh vega bishop montgomery
  oliver jensen harvey williamson gilbert dean sims espinoza howell li wong reid hanson le mccoy garrett burton fuller wang weber welch rojas lucas
  marquez fields park yang little banks padilla day walsh bowman schultz luna fowler mejia davidson acosta brewer may holland juarez newman pearson
  curtis cortez douglas schneider joseph barrett navarro figueroa keller avila wade molina stanley hopkins campos barnett bates chambers caldwell beck
  lambert miranda byrd craig ayala lowe frazier powers neal leonard gregory carrillo sutton fleming rhodes shelton schwartz norris jennings rhodes
  walters cohen bush steele hale quinn mccarthy briggs osborne copeland ewing strickland mcintosh livingston mclaughlin mccall mcclain stanton ball
  lang parks morrow lowery holt maxwell conner tate sharp bowen daly doyle byrne okeefe gallagher oconnor kavanagh
  müller mueller schmidt schneider fischer weber meyer wagner becker schulz hoffmann schäfer koch bauer richter klein wolf schröder neumann schwarz
  zimmermann braun krüger hofmann hartmann lange schmitt werner schmitz krause meier lehmann schmid schulze maier köhler herrmann könig walter mayer
  huber kaiser fuchs peters lang scholz möller weiß jung hahn schubert vogel friedrich keller günther frank berger winkler roth beck lorenz baumann
  franke albrecht schuster simon ludwig böhm winter kraus martin schumacher krämer vogt stein jäger otto sommer groß seidel heinrich brandt haas
  schreiber graf schulte dietrich ziegler kuhn kühn pohl engel horn busch bergmann thomas voigt sauer arnold wolff pfeiffer fleischer fiedler ruf voss kraft
  mustermann
  martin bernard dubois thomas robert richard petit durand leroy moreau simon laurent lefebvre michel garcia david bertrand roux vincent fournier
  morel girard andre lefevre mercier dupont lambert bonnet francois martinez legrand garnier faure rousseau blanc guerin muller henry roussel nicolas
  perrin morin mathieu clement gauthier dumont lopez fontaine chevalier robin masson sanchez gerard nguyen boyer denis lemaire duval joly gautier
  lafontaine turgeon quirion chaussée hébert tremblay gagnon côté bouchard gauthier pelletier lavoie fortin gagné bélanger lévesque bergeron leblanc paquette girard
  rossi russo ferrari esposito bianchi romano colombo ricci marino greco bruno gallo conti deluca costa giordano mancini rizzo lombardi moretti barbieri
  fontana santoro mariani rinaldi caruso ferrara galli martini leone longo gentile martinelli vitale lombardo serra coppola desantis marchetti parisi villa
  conte ferraro ferri fabbri bianco marini grasso valentini messina sala gatti pellegrini palumbo sanna farina rizzi monti cattaneo morelli amato silvestri
  jansen visser smit meijer mulder bos vos peters hendriks vandenberg dekker brouwer dewit dijkstra smits degraaf vandermeer vermeulen kok jacobs schouten willems
  hoekstra koster prins huisman peeters janssens maes claes goossens wouters mertens desmet desmedt willems vanderlinden vries boer graaf haan wit bruijn
  hansen johansen olsen larsen andersen pedersen nilsen kristiansen jensen karlsen johnsen pettersen eriksen berg haugen hagen johannessen andreassen
  jacobsen dahl jørgensen henriksen lund halvorsen sørensen jakobsen moen gundersen iversen strand solberg svendsen eide knutsen martinsen bakken
  andersson johansson karlsson nilsson eriksson larsson olsson persson svensson gustafsson pettersson jonsson jansson hansson bengtsson jönsson
  lindberg jakobsson magnusson olofsson lindström lindqvist lindgren berglund fredriksson sandberg henriksson forsberg sjöberg wallin engström eklund
  danielsson lundin håkansson bergman bergström björk fransson wikström söderberg norberg åström hyvönen korhonen virtanen mäkinen nieminen mäkelä
  hämäläinen laine heikkinen koskinen järvinen lehtonen saarinen salminen heinonen niemi heikkilä salonen kinnunen turunen salo laitinen tuominen
  rantanen karjalainen jokinen mattila savolainen lahtinen ahonen jäntti
  nowak kowalski wiśniewski wójcik kowalczyk kamiński lewandowski zieliński szymański woźniak dąbrowski kozłowski jankowski mazur kwiatkowski
  novák svoboda novotný dvořák černý procházka kučera veselý horák němec pokorný pospíšil hájek král jelínek růžička
  nagy kovács tóth szabó horváth varga kiss molnár németh farkas balogh papp lakatos takács juhász mészáros oláh simon rácz fekete
  horvat kovačević babić marić jurić novak kovačić vuković knežević marković petrović jovanović nikolić popović ilić đorđević pavlović
  popescu ionescu popa radu dumitru stan stoica gheorghe matei ciobanu
  silva santos ferreira pereira oliveira costa rodrigues martins sousa fernandes gonçalves gomes lopes marques alves almeida ribeiro pinto carvalho teixeira
  moreira correia mendes nunes soares vieira monteiro cardoso rocha raposo neves coelho cruz cunha pires ramos reis simões antunes matos fonseca cavalcanti barros araújo melo barbosa
  garcía fernández gonzález rodríguez lópez martínez sánchez pérez gómez martín jiménez ruiz hernández díaz moreno muñoz álvarez romero alonso gutiérrez navarro
  torres domínguez vázquez ramos gil ramírez serrano blanco molina morales suárez ortega delgado castro ortiz rubio marín sanz núñez iglesias medina garrido cortés castillo
  santos lozano guerrero cano prieto méndez cruz calvo gallego vidal león márquez herrera peña flores cabrera campos vega fuentes carrasco diez reyes caballero nieto aguilar
  cavazos cantu guerra dávila árias urías
  ivanov smirnov kuznetsov popov vasiliev petrov sokolov mikhailov novikov fedorov morozov volkov alekseev lebedev semenov egorov pavlov kozlov stepanov
  wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo lin luo gao zheng liang xie tang xu deng feng han cao zeng peng xiao cai pan tian dong
  kim lee park choi jung kang cho yoon jang lim shin seo kwon hwang song nguyen tran le pham huynh hoang phan vu vo dang bui do ho ngo duong ly
  sato suzuki takahashi tanaka watanabe ito itou yamamoto nakamura kobayashi saito kato yoshida yamada sasaki yamaguchi matsumoto inoue kimura hayashi shimizu
  yamazaki mori abe ikeda hashimoto ishikawa ogawa okada hasegawa fujita goto kondo murakami endo aoki sakamoto saibara iwase ookubo koumura
  singh kumar sharma patel gupta shah khan reddy rao iyer nair menon das bose sen mukherjee banerjee chatterjee ghosh joshi mehta desai jain agarwal verma mishra
  ahmed khan hussain ali malik ibrahim hassan mohamed yılmaz kaya demir çelik şahin yıldız yıldırım öztürk aydın özdemir arslan doğan kılıç aslan
  okafor okonkwo adeyemi mensah owusu boateng mwangi otieno dlamini nkosi ndlovu mbeki abara
  `
    .trim()
    .split(/\s+/),
);

/** Endings by which family names of many languages are known: -ović, -enko, -dóttir. With a stem of three letters at least. */
export const surnameEnding =
  /^.{3,}(?:ov|ova|ev|eva|ovsky|evsky|ovski|ewski|owski|ovska|ewska|owska|insky|inski|yński|ński|ńska|cki|cka|czyk|czak|wicz|ić|vić|vic|evich|ovich|enko|chuk|czuk|shvili|dze|yan|ian|sen|sson|son|dóttir|dotter|quist|qvist|ström|berg|gren|lund|dahl|gaard|stad|nen|lainen|läinen|mann|meyer|meier|maier|bauer|stein|baum|feld|bach|hofer|huber|müller|escu|eanu|oiu|opoulos|poulou|idis|iadis|akis|ellis|inho|ez|ães|eira|ini|etti|elli|ello|ucci|acci|ssi|zzi|ault|eau|ieux|stra|sma|inga|huis|huizen|veld|kamp|dijk|wijk|ová|cký|ský|ovic|oğlu|oglu|pour|zadeh|yev|yeva|azzo|uzzi|ardi|oux|ard)$/u;
