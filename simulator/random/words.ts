/** Words for the names of pets. */
export const petWords = {
  adjectives: (
    "able amber apt bold brave bright brisk calm civil clear clever cosmic daring deep eager early exact fair " +
    "fast fine firm fond frank free fresh gentle glad golden grand happy hardy honest keen kind large light live " +
    "lucky merry mighty modest neat noble open patient polite prime proud pure quick quiet ready regal rich sharp " +
    "silver smart steady strong sunny sure swift tender tidy true upright valid vast vital warm wise witty"
  ).split(" "),
  names: (
    "ant badger bass bear beetle bison boar bobcat buck camel carp cat cicada cod colt coral cow crab crane " +
    "cricket crow deer dingo dog dolphin donkey dove duck eagle eel elf elk falcon fawn ferret finch fish fox " +
    "frog gator gecko gibbon goat goose grouse gull hare hawk hen heron horse hound ibex imp jackal jay kid kite " +
    "koala lamb lark lemur lion llama lynx mako mole monkey moose moth mouse mule newt otter owl ox panda parrot " +
    "pig piglet pony prawn puma quail rabbit ram raptor ray robin seal shark sheep shrew shrimp skunk sloth snail " +
    "snake spider squid stag stork swan tapir tick tiger toad trout tuna turtle urchin viper vole walrus wasp " +
    "whale wolf wombat worm wren yak zebra"
  ).split(" "),
} as const;
