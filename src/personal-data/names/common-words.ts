/** Words of everyday and business English that the dictionary tags by guess only: they are not in its list. */
export const moreWords: ReadonlySet<string> = new Set(
  `
  a about above after again all also always am an and any are as ask at away back be because been before being below between both but by call can cannot
  card come could day did do does done down during each else even ever every few first for from full get give go going good got great had has have he hello her here hers hey hi
  him his how however i if in into is it its just know last least less let like little long look made make many may maybe me meet mine more most much must my
  near never new next no nobody none nor not nothing now of off on once one only or other others our ours out over own part perhaps please put rather really right said same say see
  seem seen she should since so some somebody someone something soon still such sure take tell than thank thanks that the their theirs them then there these they thing things
  think this those though three through to today together too two under until up upon us use used using very via want was way we well went were what when where whether which while
  who whom whose why will with within without word work would yes yet you your yours
  account address album answer app artist atm band bank bar battery beach beauty bill bot box branch brand business cat chart chat child children church city client coffee
  company computer concert conference contact contract country course crop culture customer data database date deal department desk device director discipline doctor document dog
  door dream driver email e-mail employee engineer event example expiry family fan father feature field file film finance fire fish floor flower food football founder
  friend fund future game garden girl gold group guest guitar hair hand head health heart help history hit home hospital hotel hour house human husband idea industry information internet
  invoice issue item job journey justice kettle key kid kind king kitchen knowledge lady language law lead leader letter level library license life light line link list listener location logo lord
  love lunch machine mail man manager market marketing match math meal meeting member message metal minute mobile model moment money month morning mother mountain mouth movie mrs music musician name
  network news newspaper night nobody noise number office officer onboarding option order owner page paper parent partner party password payment people period person phone photo picture pin place
  plan planet platform player poem point police policy pop power president press price princess privacy problem process product program project queen question quote radio rate reader real reason
  record release report request result review risk river road rock role roll room rule sale school science score screen sea season security seller senior series service session ship shop
  show side singer sister site size slot software soldier solution son song sound source space speech sport staff staffer stage star state statement station store story strategy street student
  studio stuff style subject subscription success summer sun support system table tag team technology television test text theme theory time title tour town track trade train trip truth tv user value
  version video view village visit visitor voice wall war warehouse water weather web website week weekend wife window winter wisdom woman wonder worker workflow world writer year youth zip zombie
  welcome sorry ok okay dear cheers regards sincerely best kind warm yours greetings hola bonjour hallo guten tag liebe lieber sehr geehrte geehrter cher chère estimado estimada
  amazing awesome chosen monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december
  live paid saas crm erp api sql html pdf faq ceo cto cfo coo vp hr it sap excel github slack zoom google microsoft apple amazon
  mr ms dr prof sir madam miss street avenue suite apt ave blvd
  spreadsheet spreadsheets handover handovers renewal rollout dashboard forecast pipeline signup checkout inventory logistics freight foundry carrier
  `
    .trim()
    .split(/\s+/),
);

/** Places, peoples, languages, companies and products that go with a capital and are nobody. */
export const moreOthers: ReadonlySet<string> = new Set(
  `
  europe asia africa america antarctica oceania scandinavia english german french spanish italian dutch portuguese russian chinese japanese korean arabic turkish polish swedish
  danish norwegian finnish czech hungarian romanian greek european american asian african latin nordic internet web google facebook twitter instagram linkedin youtube netflix amazon apple
  microsoft excel windows office outlook teams slack zoom salesforce hubspot sap oracle github gitlab android iphone ipad visa mastercard paypal amex wikipedia reddit
  christmas easter ramadan halloween god jesus lord bible koran ltd llc inc corp gmbh ag plc bv nv oy ab srl spa sarl
  united states kingdom republic islands island saint north south east west northern southern eastern western central new san santa los las el la
  street road avenue lane boulevard square park bridge river lake mount mountain valley beach university college school hospital church museum airport station hotel
  `
    .trim()
    .split(/\s+/),
);
