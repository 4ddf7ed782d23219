package org.actsandbox.agent.language.understand.draft;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.actsandbox.agent.language.read.AnnotatedSentence;
import org.actsandbox.agent.language.read.Meaning.Count;
import org.actsandbox.agent.language.read.Meaning.Unit;
import org.actsandbox.agent.language.read.Meaning.Word;
import org.actsandbox.agent.language.read.MeaningSpan;
import org.actsandbox.agent.language.read.Topic;
import org.actsandbox.agent.language.read.UnreadWords;

/** Finds products that no vocabulary knows: the words that follow a word of buying. */
public final class UnlistedProductReader {

  /** A product and its position. */
  public record Product(int start, int end, String words) {}

  private static final char CLAIMED = '\u25a1';

  private static final Pattern ENGLISH =
      Pattern.compile(
          "\\b(?:buy|purchase|order|shop for|get me|get us|get|pick up|need|want|would like|looking for|look for|do you (?:have|sell|stock)|have you got|find me|find us|find)\\b"
              + "(?: (?:me|us|myself|him|her|to buy|to get|to order|to have|a|an|the|some|any|new|good|nice|another|pair of|of|one|two|three|four|five|six|seven|eight|nine|ten|dozen|\\d+)(?= )|[ \u25a1]+)*"
              + " ?([a-z][a-z'-]*(?: [a-z][a-z'-]*){0,4}?)"
              + "(?= (?:for|under|below|with|by|from|at|in|on|to|before|that|which|as|around|up|delivered|please|and|of|if|within|costing)\\b| ?[,.;!?\u25a1]|$)");
  private static final Pattern CHINESE =
      Pattern.compile(
          "(?:购买|选购|采购|网购|买|下单|(?:有没有|有)(?:卖)?(?=\\p{IsHan}{2,6}?(?:之类|这类|这种|卖))|有没有[^，,。]{1,12}的(?=\\p{IsHan}{2,4}(?:[？?。，, ]|$))|来(?=[一两三四五六\\d\u25a1])|想要|需要|要(?=[一两三四五六\\d\u25a1])|找)(?:了|点儿?|些|到)?"
              + "[\u25a1 ]*(?:[一两三四五六七八九十\\d]*[个只把件双条本盒包袋瓶罐台部箱套份支款幅张架辆])?[\u25a1 ]*(?:的)?"
              + "(\\p{IsHan}{1,8}?)(?=[,，。.!！?？;；、\u25a1 ]|$|之类|这类|这种|送|给|寄|不超过|预算|的|吧|，|和)");

  /** 豆浆机有卖吗 names goods before the question for them. */
  private static final Pattern ASKED =
      Pattern.compile(
          "(?<=^|[，,])(?:请问|你们|这里|这儿|那|有没有|还|卖)*(\\p{IsHan}{2,6}?)(?:有卖|有没有卖|卖不卖|有得卖|有没有货|有货)的?(?:吗|么|没有?|不)?(?=[？?。，, ]|$)");

  private static final Pattern COUNTED =
      Pattern.compile("(?:^|[,，。;；、]|和|跟|再来|还有|外加) ?(\\p{IsHan}{2,6})(?=□)");

  /** 六个玻璃杯 names goods without a word of buying. */
  private static final Pattern COUNTED_BEFORE =
      Pattern.compile("(?<=(?:^|[,，。] ?)□{1,4})的?(\\p{IsHan}{2,6}?)(?=吧?[，,。.！!？? ]|吧?$)");

  /** "And a padlock" names goods of its own, unless they are a part: "with a zip and a pocket". */
  private static final Pattern ADDED =
      Pattern.compile(
          "(?<!\\b(?:with|without|that|which|has|have|having|including|between)\\b[^.;]{0,40})(?:\\band|,|\\bplus) (?:an?|two|three|four|some|□{1,5}) ([a-z][a-z'-]{2,}(?: [a-z][a-z'-]{2,})?)(?= ?[,.;!?]| for it\\b| please\\b| ?$)");

  private static final Set<String> NON_PRODUCTS =
      Set.of(
          ("son daughter colleague colleagues friend friends boss mother mum mom father dad wife husband client clients kids children guest guests parents partner day days date dates week weeks weekend month hour hours morning afternoon evening night anymore any bigger smaller larger longer something anything it that this one them help to go know me stuff things thing "
                  + "out back there some a an the someone somewhere you please is in on at be can "
                  + "everything all both more another rid up leave arrive travel early late cheap "
                  + "what nothing my your place way option later earlier other different few lot seat "
                  + "for from by sit gift present i we as cheaper better faster quick best most least "
                  + "only also just change break rest refund receipt invoice hand moment minute second away answer ride two three four five six seven eight nine ten dozen of pair same pls plz asap thx thanks thank u okay")
              .split(" ", -1));
  private static final Pattern CHINESE_NON_PRODUCTS =
      Pattern.compile(
          "(?:想.*|需要.*|[去订买住的一票吧了在到回坐从我你它这那哪什怎].*|[自由往乘给帮请替为]|[给帮替]我.*|[给帮替为].+[买订要带拿配备].*|东西.*|礼物.*|.*[我你您他她].*|.*(?:不想|不要|不用|想要|怎么|什么|喜欢|没有).*|个|下|点|就.*|便宜.*|早.*|晚.*|最.*|好的?|取消|不.*|能.*|靠.*)");

  private UnlistedProductReader() {}

  public static List<Product> find(AnnotatedSentence annotatedSentence) {
    var products = new ArrayList<Product>();
    var rest = annotatedSentence.sentence().unclaimedText(CLAIMED);
    for (var pattern : List.of(ENGLISH, CHINESE, ASKED)) {
      var matcher = pattern.matcher(rest);
      while (matcher.find()) {
        int start = matcher.start(1);
        int end = matcher.end(1);
        if (isProduct(matcher.group(1))
            && !describesNext(annotatedSentence, end)
            && products.size() < 12) {
          var words = annotatedSentence.sentence().simplified(start, end);
          products.add(new Product(start, end, words));
        }
      }
    }
    findCounted(annotatedSentence).stream()
        .filter(
            counted ->
                products.stream()
                    .noneMatch(
                        each -> each.start() < counted.end() && counted.start() < each.end()))
        .forEach(products::add);
    return products;
  }

  /** Finds the products of a list that are followed by their count: 红酒两瓶, 五号电池四节. */
  public static List<Product> findCounted(AnnotatedSentence annotatedSentence) {
    var products = new ArrayList<Product>();
    addCounted(COUNTED, annotatedSentence, products);
    addCounted(COUNTED_BEFORE, annotatedSentence, products);
    var added = ADDED.matcher(annotatedSentence.sentence().unclaimedText(CLAIMED));
    while (added.find()) {
      if (isNameOfGoods(added.group(1))) {
        products.add(
            new Product(
                added.start(1),
                added.end(1),
                annotatedSentence.sentence().simplified(added.start(1), added.end(1))));
      }
    }
    return products;
  }

  private static final Pattern PART =
      Pattern.compile(
          ".*\\b(?:lid|handle|zip|zipper|pockets?|straps?|cover|compartment|holder|button|hood|lining|sole|screen|switch|timer|display|filter|view|balcony)");

  private static boolean isNameOfGoods(String words) {
    return isProduct(words)
        && !PART.matcher(words).matches()
        && Arrays.stream(words.split(" ", -1)).noneMatch(UnreadWords::isFiller);
  }

  private static void addCounted(
      Pattern pattern, AnnotatedSentence annotatedSentence, List<Product> products) {
    var matcher = pattern.matcher(annotatedSentence.sentence().unclaimedText(CLAIMED));
    while (matcher.find()) {
      int start = matcher.start(1);
      int end = matcher.end(1);
      boolean counted =
          annotatedSentence.marks().stream()
              .anyMatch(
                  mark ->
                      (pattern.equals(COUNTED)
                              ? mark.start() == end
                              : mark.end() == matcher.start())
                          && mark.meaning() instanceof Count count
                          && count.unit() == Unit.PIECES);
      if (counted && isProduct(matcher.group(1)) && !UnreadWords.isFiller(matcher.group(1))) {
        products.add(new Product(start, end, annotatedSentence.sentence().simplified(start, end)));
      }
    }
  }

  private static boolean isProduct(String words) {
    if (words.charAt(0) > 0x2E80) {
      boolean isParticle = words.length() == 1 && UnreadWords.isFiller(words);
      return !isParticle && !CHINESE_NON_PRODUCTS.matcher(words).matches();
    }
    var content =
        Arrays.stream(words.split(" ", -1))
            .filter(w -> !NON_PRODUCTS.contains(w))
            .collect(Collectors.toSet());
    return !content.isEmpty() && !NON_PRODUCTS.contains(words.split(" ", -1)[0]);
  }

  /** Returns whether the words describe a known product right behind them. */
  private static boolean describesNext(AnnotatedSentence annotatedSentence, int end) {
    boolean joined = annotatedSentence.sentence().plain().startsWith("的", end);
    int reach = joined ? 10 : 2;
    return annotatedSentence.marks().stream()
        .filter(m -> m.start() >= end && m.start() <= end + reach)
        .map(MeaningSpan::meaning)
        .anyMatch(
            m ->
                m instanceof Word word
                    && (word.topic() == Topic.PRODUCT
                        || word.topic() == Topic.KIND
                        || word.topic() == Topic.SEAT
                        || word.topic() == Topic.CLASS
                        || word.topic() == Topic.TRAINTYPE));
  }
}
