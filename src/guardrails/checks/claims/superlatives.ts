/** Words that rank first or leave nothing out, as they stand in a text. */
export function superlativesIn(text: string): readonly string[] {
  return [...text.matchAll(superlative)].map(([words]) => words.trim());
}

const superlative =
  /(?<![\p{L}\p{M}])(?:the\s+(?:very\s+)?(?:best|only|first|fastest|cheapest|safest|easiest|largest|biggest|greatest|most\s+\p{L}+|leading|number\s+one)|best[\s-]in[\s-]class|world[\s-]class|market[\s-]leading|leading|unrivalled|unmatched|unbeatable|guarantee[ds]?|always|never\s+fails?|every\s+(?:customer|client|team|company)|everyone|everybody|all\s+(?:customers|clients|teams|companies)|no\.?\s?1|nr\.?\s?1|n[°º]\s?1|(?:der|die|das)\s+(?:beste|einzige|führende|schnellste|größte)\w*|garantier\w+|immer|le\s+(?:meilleur|seul)|la\s+(?:meilleure|seule)|garanti\w*|el\s+(?:mejor|único)|la\s+(?:mejor|única)|garantiz\w+|de\s+(?:beste|enige)|il\s+(?:migliore|solo)|la\s+migliore)(?![\p{L}\p{M}])|#\s?1(?!\p{N})/giu;
