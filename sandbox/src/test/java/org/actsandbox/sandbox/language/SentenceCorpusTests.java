package org.actsandbox.sandbox.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.actsandbox.agent.api.BuyerAgent;
import org.actsandbox.agent.api.BuyerAgents;
import org.actsandbox.agent.language.Interpretation;
import org.actsandbox.agent.language.InterpreterProfile;
import org.actsandbox.agent.language.Lang;
import org.actsandbox.agent.language.Remark;
import org.actsandbox.agent.language.Situation;
import org.actsandbox.agent.language.place.PlaceNames;
import org.actsandbox.agent.language.read.UnsupportedWish;
import org.actsandbox.agent.language.understand.RuleBasedInterpreter;
import org.actsandbox.protocol.conversation.ConversationEvent;
import org.actsandbox.protocol.conversation.ConversationEventType;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/**
 * Tests the answers to people's sentences, with real merchants. Each seed is played to the end. A
 * paraphrase that is understood like its seed has the same end, because the rest of a turn depends
 * only on the interpretation; a paraphrase that is understood differently is played itself.
 */
@Timeout(1_800)
class SentenceCorpusTests {

  /** A Friday evening in Shanghai. */
  static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");

  static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final LocalDate TODAY = LocalDate.ofInstant(NOW, ZONE);
  private static final int WORLDS = 2;
  private static final int MIN_SENTENCES = 1_500;

  /** Ours: share of sentences that must pass; every failure is printed. */
  private static final double MIN_SHARE = 0.99;

  static final InterpreterProfile PROFILE =
      new InterpreterProfile("Hangzhou", null, 1, Lang.ZH, true);

  private final RuleBasedInterpreter interpreter = new RuleBasedInterpreter();

  /**
   * Represents a row of the corpus.
   *
   * @param turns sentences of the principal, one after another
   */
  record Row(List<String> turns, ExpectedAnswer expected) {}

  @Test
  void sentencesEndAsPeopleExpect() throws Exception {
    // Number of sentences that each row stands for: itself, and the paraphrases that are understood
    // like it.
    var rows = new LinkedHashMap<Row, Integer>();
    var seeds =
        Stream.of("sentences_zh.txt", "sentences_en.txt").flatMap(name -> rows(name).stream());
    seeds.parallel().map(this::rowsToPlay).forEachOrdered(rows::putAll);
    var failed = new ArrayList<String>();
    int bad = 0;
    var judgements = inWorlds(rows.keySet(), SentenceCorpusTests::problems).iterator();
    for (int sentences : rows.values()) {
      var problems = judgements.next();
      if (!problems.isEmpty()) {
        failed.add(problems);
        bad += sentences;
      }
    }
    int all = rows.values().stream().mapToInt(Integer::intValue).sum();
    assertThat(all).isGreaterThanOrEqualTo(MIN_SENTENCES);
    assertThat(bad)
        .as("%d of %d sentences:%n%s", bad, all, String.join("\n", failed))
        .isLessThanOrEqualTo((int) (all * (1 - MIN_SHARE)));
  }

  /**
   * Inserts each unsupported wish into every third sentence, at the start, after a clause and at
   * the end in turn, so that each wish stands at each place of many sentences.
   */
  @Test
  void aWishThatNoMerchantKnowsIsNamedWhereverItIsInserted() {
    var seeds = new ArrayList<Row>(rows("sentences_zh.txt"));
    seeds.addAll(rows("sentences_en.txt"));
    var tried = new AtomicInteger();
    var lost =
        IntStream.range(0, seeds.size())
            .parallel()
            .boxed()
            .flatMap(at -> lostWishes(seeds.get(at).turns().getFirst(), at, tried).stream())
            .toList();
    assertThat(tried.get()).isGreaterThan(MIN_SENTENCES);
    assertThat(lost).isEmpty();
  }

  /** Returns the seed and its paraphrases that are understood differently. */
  private Map<Row, Integer> rowsToPlay(Row seed) {
    var played = new LinkedHashMap<Row, Integer>();
    played.put(seed, 1);
    var meant = understood(seed.turns().getFirst());
    for (var paraphrase : paraphrases(seed)) {
      boolean alike = understood(paraphrase.turns().getFirst()).equals(meant);
      played.merge(alike ? seed : paraphrase, 1, Integer::sum);
    }
    return played;
  }

  private List<String> lostWishes(String sentence, int at, AtomicInteger tried) {
    if (!(understood(sentence) instanceof Interpretation.Wishes plain)) {
      return List.of();
    }
    boolean chinese = sentence.codePoints().anyMatch(c -> c > 0x2E80);
    var lost = new ArrayList<String>();
    for (int i = at % 3; i < UnsupportedWish.ALL.size(); i += 3) {
      var wish = UnsupportedWish.ALL.get(i);
      var form = wish.forms().stream().filter(f -> (f.charAt(0) > 0x2E80) == chinese).findFirst();
      boolean concerns = plain.wishes().stream().anyMatch(w -> wish.kinds().contains(w.kindOf()));
      if (form.isPresent() && concerns) {
        tried.incrementAndGet();
        var inserted = insert(sentence, form.get(), chinese, (at / 3 + i / 3) % 3);
        if (!names(inserted, wish, form.get())) {
          lost.add(inserted);
        }
      }
    }
    return lost;
  }

  /**
   * @param place 0 for the start, 1 for the first comma, 2 for the end
   */
  private static String insert(String sentence, String form, boolean chinese, int place) {
    int comma = sentence.indexOf(chinese ? "，" : ", ");
    var atEnd = sentence + (chinese ? "，要" + form : ", with " + form);
    return switch (place) {
      case 0 -> (chinese ? "要" + form + "，" : "With " + form + ", ") + sentence;
      case 1 ->
          comma < 0
              ? atEnd
              : sentence.substring(0, comma)
                  + (chinese ? "，要" + form : ", with " + form)
                  + sentence.substring(comma);
      default -> atEnd;
    };
  }

  /**
   * Checks every order, class and position, and every eighth place, at every merchant of the kind.
   */
  @Test
  void noMerchantRefusesWhatTheReaderCanMean() throws Exception {
    var sentences = new ArrayList<String>();
    for (var sort :
        List.of("cheapest", "earliest", "latest", "fastest", "quietest", "nearest", "best rated")) {
      sentences.add("the " + sort + " train to Shanghai tomorrow");
      sentences.add("the " + sort + " hotel in Shanghai tomorrow");
      sentences.add("buy the " + sort + " phone charger");
    }
    for (var seat : List.of("window", "aisle", "business class", "first class", "no K trains")) {
      sentences.add("train to Shanghai tomorrow, " + seat);
    }
    for (var room : List.of("double room", "twin room", "family room", "suite", "3 rooms")) {
      sentences.add("hotel in Shanghai tomorrow, " + room);
    }
    sentences.add("9 tickets to Shanghai tomorrow");
    sentences.add("99 phone chargers");
    PlaceNames.china().names().values().stream()
        .filter(places -> places.size() == 1)
        .map(places -> places.iterator().next())
        .distinct()
        .filter(place -> Math.floorMod(place.name().en().hashCode(), 8) == 0)
        .forEach(
            place ->
                sentences.add(
                    "明天住在"
                        + PlaceNames.china().findByWireName(place.city()).orElseThrow().name().zh()
                        + place.name().zh()
                        + "附近的酒店"));
    assertThat(inWorlds(sentences, SentenceCorpusTests::refusals)).allMatch(String::isEmpty);
  }

  private static String refusals(BuyerAgent agent, String sentence) {
    var conversation = agent.conversations().open(null);
    agent.say(conversation, sentence, null, null, Runnable::run);
    if (!agent.awaitEnd(conversation, Duration.ofMinutes(5))) {
      return sentence + ": no end";
    }
    return agent.events().latest(conversation.conversationId()).stream()
        .filter(event -> event.type() == ConversationEventType.STEP)
        .filter(event -> event.data().path("state").asString("").equals("skipped"))
        .map(event -> sentence + ": " + event.data().path("text"))
        .collect(Collectors.joining("\n"));
  }

  /**
   * Says whether the answer names the wish: as a remark, in a question, or as a word of a product.
   */
  private boolean names(String sentence, UnsupportedWish wish, String form) {
    return switch (understood(sentence)) {
      case Interpretation.Wishes said ->
          said.remarks().stream()
                  .filter(Remark::isLoss)
                  .map(Remark::words)
                  .anyMatch(
                      words ->
                          words.equals(wish.name().in(said.lang().code()))
                              || words.toLowerCase(Locale.ROOT).contains(form))
              || said.wishes().toString().contains(form);
      case Interpretation.Question _ -> true;
      default -> false;
    };
  }

  private Interpretation understood(String sentence) {
    var start = Situation.start(NOW.atZone(ZONE), PROFILE);
    return interpreter.interpret(sentence, start);
  }

  private static List<Row> paraphrases(Row seed) {
    return seed.turns().size() > 1
        ? List.of()
        : Paraphrases.of(seed.turns().getFirst()).stream()
            .map(sentence -> new Row(List.of(sentence), seed.expected()))
            .toList();
  }

  static List<Row> rows(String name) {
    try (var in = SentenceCorpusTests.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(SentenceCorpusTests::row)
          .toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Row row(String line) {
    int bar = line.lastIndexOf(" | ");
    var turns = List.of(line.substring(0, bar).split(" ▸ ", -1));
    return new Row(turns, new ExpectedAnswer(line.substring(bar + 3).strip(), TODAY));
  }

  /** Asks the agents of several worlds at the same time; the answers stand in the order asked. */
  private static <T> List<String> inWorlds(
      Collection<T> asked, BiFunction<BuyerAgent, T, String> ask)
      throws InterruptedException, ExecutionException {
    var server = SandboxServer.shared();
    var agents = new ArrayBlockingQueue<BuyerAgent>(WORLDS);
    for (int i = 0; i < WORLDS; i++) {
      agents.add(agent(server.newWorld(NOW)));
    }
    var answers = new ArrayList<String>();
    try (var threads = Executors.newFixedThreadPool(WORLDS)) {
      var running = new ArrayList<Future<String>>();
      for (var each : asked) {
        running.add(
            threads.submit(
                () -> {
                  var agent = agents.take();
                  try {
                    return ask.apply(agent, each);
                  } finally {
                    agents.add(agent);
                  }
                }));
      }
      for (var answer : running) {
        answers.add(answer.get());
      }
    }
    return answers;
  }

  static BuyerAgent agent(World world) {
    var principal = world.settings().principals().getFirst().did();
    return world.participant(BuyerAgents.class).forCaller(new Caller(Role.PRINCIPAL, principal));
  }

  private static String problems(BuyerAgent agent, Row row) {
    var id = agent.conversations().open(null).conversationId();
    List<ConversationEvent> events = List.of();
    for (var sentence : row.turns()) {
      long before = events.isEmpty() ? 0 : events.getLast().seq();
      var conversation = agent.conversations().get(id);
      agent.say(conversation, sentence, null, null, Runnable::run);
      if (!agent.awaitEnd(conversation, Duration.ofMinutes(5))) {
        return row + ": no end";
      }
      events = agent.events().latest(id).stream().filter(event -> event.seq() > before).toList();
    }
    var answer = answer(events);
    var problems = row.expected().problems(answer);
    return problems.isEmpty()
        ? ""
        : "%s | %s%n    %s%n    %s"
            .formatted(
                String.join(" ▸ ", row.turns()), row.expected().text(), problems, answer.words());
  }

  private static ExpectedAnswer.Answer answer(List<ConversationEvent> events) {
    var words = new StringBuilder();
    List<JsonNode> shown = List.of();
    for (var event : events) {
      switch (event.type()) {
        case MESSAGE -> {
          if (event.data().path("role").asString("").equals("assistant")) {
            words.append(event.data().path("text").asString("")).append('\n');
          }
        }
        case OFFERS -> shown = offers(event.data());
        default -> {
          // Steps and tokens are left out, because the principal does not act on them.
        }
      }
    }
    var recommended = shown.stream().filter(o -> o.path("recommended").asBoolean(false)).toList();
    return new ExpectedAnswer.Answer(words.toString(), recommended, shown);
  }

  private static List<JsonNode> offers(JsonNode event) {
    return event
        .path("searches")
        .valueStream()
        .flatMap(search -> search.path("offers").valueStream())
        .flatMap(Stream::of)
        .toList();
  }
}
