/**
 * 128 names of natural things. Italian adjectives take a gender from what they
 * describe, so a pseudonym is two nouns: nothing in it agrees with a person.
 */
export const first = `
abete acacia acero alga altopiano ansa argilla arnia avena baia bambù betulla bosco brezza brina bruma calanco canneto
canyon carpino cascata castagno cedro cielo ciliegio collina colza conchiglia corallo corteccia costa cratere crinale
deserto duna eclissi erba faggio felce fiordo fiume foglia fonte foresta frassino frumento ghiaccio ghiaia ghianda
giardino ginepro golfo granito grotta isola lago laguna lampone lava lichene limone lupino mandorlo mare marea melo
meteora mirtillo monte muschio nebbia neve ninfea nocciolo noce nuvola oasi oceano olmo onda ontano orizzonte orto
orzo palude pianura pietra pineta pioggia pioppo polline ponente prateria prato quarzo quercia radice radura rio riva
roccia rovere rugiada ruscello sabbia salice salvia scogliera scoglio segale sentiero sorgente spiga stagno sughero
tiglio timo torba torrente tramonto trifoglio ulivo valle vento vetta vigneto vivaio zolla`

/** 128 names of tools and of things that are made by hand. */
export const second = `
alambicco albero amaca ancora anello anfora aquilone aratro arazzo arco argano armadio arpa astuccio baule bilancia
bobina borraccia bottone brocca bussola calamaio camino candela canoa capanna caraffa carta cartella cartiglio
cassetto catino cesello cesta chiave chiodo chitarra ciotola clessidra coperta corda cornice cucitura cuscino diapason
disegno ditale fanale faro feltro fibbia filatoio filo finestra flauto fodera forbici forno fucina fuso galleria
gomitolo gradino incudine intaglio intarsio intreccio lampada lana lanterna leggio legno lente liuto maniglia manopola
mantello mappa martello matassa matita merletto molo mortaio mosaico mulino nastro navetta nodo officina ombrello
ordito orologio pagina panca paniere papiro pastello pendolo pennello pergamena pialla ponte quaderno remo ricamo
righello rocchetto ruota sapone scaffale scala scialuppa scrigno sedia sella setaccio setola spago spola tamburo
tappeto tazza tegola telaio tenda timone tornio`
