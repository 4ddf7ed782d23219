package org.actsandbox.agent.language.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.place.PlaceNames;
import org.actsandbox.agent.language.read.Meaning.Role;
import org.actsandbox.agent.language.text.Sentence;

/**
 * Finds names that stand where a place is expected but are not known, so that the agent asks
 * instead of guessing.
 */
final class UnknownPlaceReader {

  private static final char CLAIMED = '\u25a1';

  private static final Pattern CAPITALISED =
      Pattern.compile(
          "\\b([Ff]rom|[Tt]o|[Ii]n|[Nn]ear|[Aa]t|[Ll]eaving|[Vv]isit|[Ff]or|close to|next to)"
              + " (?:the )?(\\p{Lu}[\\p{L}'-]+(?: (?:of |the )?\\p{Lu}[\\p{L}'-]+){0,3})");
  private static final Pattern LOWER =
      Pattern.compile(
          "\\b(from|to|hotels? in|stay in|in) ([a-z][a-z'-]{3,20})(?="
              + " ?(?:$|[,.;!?\u25a1]|to\\b|from\\b|on\\b|at\\b|for\\b|in\\b|by\\b|and\\b|this\\b|next\\b|please\\b))");
  private static final Pattern CHINESE_FROM =
      Pattern.compile("(从|自(?!行|拍|动|己|热))(\\p{IsHan}{2,6}?)(?=出发|到|去|坐|飞|开|站|[，, \u25a1]|$)");
  private static final Pattern CHINESE_TO =
      Pattern.compile(
          "(去|到|飞往?|前往)((?!程|哪|那|这|买|订|看|住|玩|吃|找|货|时|店|里|出差|上班|办|旅|的|一|我|再|期|了|家|底|我|就|达|得|不|机场)\\p{IsHan}{2,6}?)(?=的|玩|旅|出差|站|坐|[吧呢吗了]|[，,"
              + " 。.！!？?\u25a1]|$)");
  private static final Pattern LATIN_IN_CHINESE =
      Pattern.compile("(从|去|到|往|在) ?([A-Za-z][A-Za-z'-]{2,20})(?![A-Za-z])");
  private static final Pattern CHINESE_IN =
      Pattern.compile("(在|住)((?!一|两|我|这|那|哪|家|线|网|几)\\p{IsHan}{2,5}?)(?=的?\u25a1|住|找|订|，|$)");
  private static final Pattern CHINESE_NEAR =
      Pattern.compile(
          "(靠近|离|挨着)(\\p{IsHan}{2,8}?)(?=近|的|不远|[，,"
              + " \u25a1]|$)|(?<=\u25a1|^)()(\\p{IsHan}{2,8})(?=附近|旁边|周边)");

  /** A word alone is a place only if it is almost the name of a city: "hotel shanghia". */
  private static final Pattern ALONE =
      Pattern.compile("(?<![\\p{L}'-])()([a-z]{6,12})(?![\\p{L}'-])");

  private static final Set<String> ENGLISH_NON_PLACES =
      Set.copyOf(WordReader.RULES.part("no place"));

  private final Sentence sentence;
  private final List<MeaningSpan> spans = new ArrayList<>();

  private UnknownPlaceReader(Sentence sentence) {
    this.sentence = sentence;
  }

  static List<MeaningSpan> read(Sentence sentence) {
    var reader = new UnknownPlaceReader(sentence);
    reader.claimNames(CAPITALISED, sentence.original());
    reader.claimNames(LOWER, sentence.unclaimedText(CLAIMED));
    reader.claimNames(ALONE, sentence.unclaimedText(CLAIMED));
    for (var pattern :
        List.of(CHINESE_FROM, LATIN_IN_CHINESE, CHINESE_TO, CHINESE_NEAR, CHINESE_IN)) {
      reader.claimNames(
          pattern,
          pattern == LATIN_IN_CHINESE ? sentence.original() : sentence.unclaimedText(CLAIMED));
    }
    return reader.spans;
  }

  private void claimNames(Pattern pattern, String text) {
    var matcher = pattern.matcher(text);
    while (matcher.find()) {
      int group = matcher.group(2) == null ? 4 : 2;
      int start = matcher.start(group);
      int end = matcher.end(group);
      if (start >= 0
          && sentence.isFree(start, end)
          && isName(sentence.plain().substring(start, end))
          && (pattern != ALONE || isAlmostCity(sentence.plain().substring(start, end)))) {
        sentence.claim(start, end);
        var words = sentence.original().substring(start, end);
        spans.add(
            new MeaningSpan(start, end, new Meaning.UnknownPlace(words, role(matcher, group))));
      }
    }
  }

  private static boolean isName(String words) {
    return !ENGLISH_NON_PLACES.contains(words)
        && !UnreadWords.isFiller(words)
        && !words.matches(".*[我你他她它们吗呢吧].*");
  }

  private static boolean isAlmostCity(String word) {
    return !KnownWords.knows(word)
        && PlaceNames.china()
            .findSimilar(word)
            .filter(
                city -> PlaceNames.distance(word, city.name().en().toLowerCase(Locale.ROOT)) == 1)
            .isPresent();
  }

  private static Role role(Matcher matcher, int group) {
    if (group == 4) {
      return Role.NEAR;
    }
    return switch (matcher.group(1).toLowerCase(Locale.ROOT)) {
      case "from", "leaving", "从", "自" -> Role.FROM;
      case "to", "visit", "for", "去", "到", "飞", "飞往", "前往", "往" -> Role.TO;
      case "near", "close to", "next to", "靠近", "离", "挨着" -> Role.NEAR;
      default -> Role.IN;
    };
  }
}
