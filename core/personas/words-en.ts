/** 128 calm adjectives: no gender, no age, no second meaning. The order means nothing. */
export const first = `
agile airy alert ample apt balanced basic brief bright brisk broad calm candid careful central certain clean clear
close coastal compact cool cosy crisp deep deft direct distant eager early earnest easy even exact fair faithful
famous far fine firm floating folded free fresh frosty full general gentle glad golden good grand great green half
handy happy high hollow honest humble idle inner keen kind lasting late level light little local lofty long
loyal lucid lucky mellow mild mindful misty modest narrow near neat noble northern novel orderly patient placid plain
polite quick quiet ready restful rounded rural safe serene silent simple slow smooth snug sound spare stable steady
still subtle sunny supple sure swift thoughtful tidy timely tranquil true upper useful warm wide willing wise wooden woven`

/** 128 nouns of nature and craft, none of them a first name. */
export const second = `
acorn alder almond anchor anvil apple apron arch awl barley barn basket bay beacon bellows bench birch bobbin bowl
bramble branch bread bridge brush bucket button candle canoe canvas cedar chalk chestnut chisel cloth cloud clover
comet compass copper cork cotton cove crane cricket dew dune easel eddy elm estuary feather felt fiddle field fjord
flax flute fog garden gate glacier granite grove gull hammer harbour harvest hearth hedge heron hill hinge kettle kiln
kite knot ladder lagoon lake lantern larch lathe leaf ledger lens lighthouse loom magnet maple marsh meadow millet
mortar moss needle nest oak oar oat orchard paddle pebble pine plateau plough pond poplar pottery prairie quarry
quartz quill quilt raft rain reef ribbon ridge river rope saddle sail sand shell spindle spool spruce stream`
