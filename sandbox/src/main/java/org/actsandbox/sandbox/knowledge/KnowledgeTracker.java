package org.actsandbox.sandbox.knowledge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.knowledge.Knowledge.Cell;
import org.actsandbox.sandbox.knowledge.Knowledge.Leak;
import org.actsandbox.sandbox.knowledge.Knowledge.Participant;
import org.actsandbox.sandbox.knowledge.Knowledge.State;
import org.actsandbox.sandbox.knowledge.Knowledge.Trace;
import org.jspecify.annotations.Nullable;

/**
 * Reads journal entries in order, each once, and records which participant has learned which value.
 *
 * <p>A text proves itself: a participant that receives it knows it. An amount does not, because
 * another participant may have come to the same amount; it counts only when its sender had it from
 * its source, and when no other value in the world has the same amount.
 */
public final class KnowledgeTracker {

  private static final int MAX_SHOWN = 60;

  /** The words between two places. */
  private static final Set<String> ROUTE_WORDS =
      Set.of("a", "the", "train", "trains", "hotel", "hotels", "from", "to", "in", "at");

  /** One leak fails the check; this many suffice to understand the cause. */
  private static final int MAX_LEAKS = 200;

  private final ParticipantKinds participantKinds;
  private final KnownValueIndex knownValueIndex = new KnownValueIndex();
  private final ValueExtractor valueExtractor;

  /** The participants that have each value. */
  private final Map<KnownValue, Set<String>> holders = new HashMap<>();

  /** The principals to whom each value belongs, where it belongs to one. */
  private final Map<KnownValue, Set<String>> principals = new HashMap<>();

  /** Holds the values that each participant had from the beginning. */
  private final Map<String, Map<Datum, Set<KnownValue>>> own = new HashMap<>();

  private final Map<String, EnumMap<Datum, Learned>> known = new LinkedHashMap<>();
  private final List<Leak> leaks = new ArrayList<>();

  /** Leaks that were reported; the same value between the same participants is reported once. */
  private final Set<Route> routes = new HashSet<>();

  private final EnumSet<Datum> seen = EnumSet.noneOf(Datum.class);

  /** Counts the entries and values that came; what was read before them may tell more since. */
  private long changes;

  private int entries;
  private int incomplete;
  private long last;

  private record Route(String from, String to, KnownValue value) {}

  /** Holds what one participant knows of one datum. */
  private static final class Learned {
    private final Trace first;
    private final Set<KnownValue> values = new HashSet<>();
    private boolean leaked;

    /** True if the participant was not told, and the value does not belong to another one. */
    private final boolean source;

    Learned(Trace first, boolean source) {
      this.first = first;
      this.source = source;
    }
  }

  KnowledgeTracker() {
    this(ParticipantKinds.OF_ONE);
  }

  KnowledgeTracker(ParticipantKinds participantKinds) {
    this.participantKinds = participantKinds;
    this.valueExtractor = new ValueExtractor(participantKinds, this::addHolder);
  }

  /** Adds a value to look for; {@code did} has it from the beginning. */
  void addKnown(KnownValue value, String did) {
    addHolder(value, did);
    own.computeIfAbsent(did, _ -> new EnumMap<>(Datum.class))
        .computeIfAbsent(value.datum(), _ -> new HashSet<>())
        .add(value);
  }

  /** Adds a value to look for that belongs to the principal, whichever participant has it. */
  void addOwned(KnownValue value, String principal) {
    knownValueIndex.add(value);
    if (principals.computeIfAbsent(value, _ -> new HashSet<>()).add(principal)) {
      changes++;
    }
  }

  private void addHolder(KnownValue value, String did) {
    if (participantKinds.of(did) == ParticipantKind.YOU) {
      addOwned(value, did);
    }
    knownValueIndex.add(value);
    if (holders.computeIfAbsent(value, _ -> new HashSet<>()).add(did)) {
      changes++;
    }
  }

  long changes() {
    return changes;
  }

  public void observe(JournalEntry entry) {
    entries++;
    changes++;
    last = entry.seq();
    valueExtractor.extract(entry);
    for (var observedMessage : MessageExtractor.of(entry)) {
      if (!observedMessage.whole()) {
        incomplete++;
      }
      read(observedMessage);
    }
  }

  /** Reads a text in a participant's table, which has no place in the journal. */
  void observeStored(ObservedMessage observedMessage) {
    if (known.containsKey(observedMessage.from())) {
      read(observedMessage);
    }
  }

  private void read(ObservedMessage observedMessage) {
    admit(observedMessage.from());
    if (observedMessage.to() != null) {
      admit(observedMessage.to());
    }
    var foundParts = new HashMap<KnownValue, Set<String>>();
    for (var textPiece : observedMessage.pieces()) {
      knownValueIndex.findIn(
          textPiece,
          (value, part) -> {
            if (value.match() == KnownValue.Match.TOGETHER) {
              var parts = foundParts.computeIfAbsent(value, _ -> new HashSet<>());
              parts.add(part);
              if (parts.size() == value.value().split("\\|", -1).length) {
                recordTelling(observedMessage, textPiece, value, part);
              }
            } else {
              recordTelling(observedMessage, textPiece, value, part);
            }
          });
    }
  }

  private void admit(String did) {
    if (participantKinds.of(did) != ParticipantKind.OUTSIDER) {
      known.computeIfAbsent(did, _ -> new EnumMap<>(Datum.class));
    }
  }

  private void recordTelling(
      ObservedMessage observedMessage, TextPiece textPiece, KnownValue value, String part) {
    var holding = holders.computeIfAbsent(value, _ -> new HashSet<>());
    boolean had = holding.contains(observedMessage.from());
    if (value.isNumber() && (!had || !knownValueIndex.isDistinct(value))) {
      return;
    }
    if (value.match() == KnownValue.Match.SENTENCE && !had && namesOnlyARoute(part)) {
      return;
    }
    seen.add(value.datum());
    var text = shown(value);
    // A sender that does not have the value may still write a masked field or an account's name;
    // but the receiver of one has learned it.
    if (had
        || value.match() != KnownValue.Match.FIELD
        || participantKinds.of(observedMessage.from()) == ParticipantKind.YOU) {
      learn(
          observedMessage,
          observedMessage.from(),
          value,
          new Trace(observedMessage.seq(), null, textPiece.where(), text));
      holding.add(observedMessage.from());
    }
    var to = observedMessage.to();
    if (to != null && participantKinds.of(to) != ParticipantKind.OUTSIDER) {
      var trace = new Trace(observedMessage.seq(), observedMessage.from(), textPiece.where(), text);
      boolean ofOtherPrincipal = isOfOtherPrincipal(observedMessage.from(), to, value, part);
      learn(observedMessage, to, value, trace);
      if (ofOtherPrincipal) {
        checkOtherPrincipal(observedMessage.from(), to, value, trace);
      }
      checkPassing(observedMessage, to, value, trace);
      holding.add(to);
    }
  }

  /**
   * Tells whether words in a row only say where to, as everybody does who was asked for the way: "a
   * train from Hangzhou to Beijing" is an itinerary and no part of what the principal said.
   */
  private boolean namesOnlyARoute(String words) {
    var left = new HashSet<>(List.of(words.split(" ", -1)));
    left.removeAll(ROUTE_WORDS);
    for (var value : holders.keySet()) {
      if (value.datum() == Datum.ITINERARY) {
        left.removeAll(List.of(TextNormalizer.normalize(value.value()).split(" ", -1)));
      }
    }
    return left.isEmpty();
  }

  private void learn(ObservedMessage observedMessage, String did, KnownValue value, Trace trace) {
    var ownKnowledge = known.get(did);
    if (ownKnowledge == null) {
      return;
    }
    var learned =
        ownKnowledge.computeIfAbsent(
            value.datum(), _ -> new Learned(trace, isSource(did, value, trace)));
    if (!learned.values.add(value)) {
      return;
    }
    if (isForbidden(did, value, trace) && !isEvidence(observedMessage, value)) {
      learned.leaked = true;
      var rule =
          KnowledgePolicy.forbids(participantKinds.of(did), value.datum()).orElseThrow().rule();
      leak(observedMessage.from(), did, value, new Leak(did, value.datum(), rule, trace, null));
    }
  }

  /**
   * Says whether a participant that serves several principals tells one of them a value that
   * belongs to others only.
   */
  private boolean isOfOtherPrincipal(String from, String to, KnownValue value, String part) {
    return participantKinds.of(to) == ParticipantKind.YOU
        && participantKinds.of(from) != ParticipantKind.YOU
        && isOnlyOfOthers(value, to)
        // A row of words may occur in sentences of two principals.
        && (value.match() != KnownValue.Match.SENTENCE
            || knownValueIndex.findSentences(part).stream()
                .allMatch(each -> isOnlyOfOthers(each, to)));
  }

  private boolean isOnlyOfOthers(KnownValue value, String principal) {
    var owners = principals.getOrDefault(value, Set.of());
    return !owners.isEmpty() && !owners.contains(principal);
  }

  private void checkOtherPrincipal(String from, String to, KnownValue value, Trace trace) {
    KnowledgePolicy.forbidsOfAnother(value.datum())
        .ifPresent(
            rule -> {
              var learned = known.getOrDefault(to, new EnumMap<>(Datum.class)).get(value.datum());
              if (learned != null) {
                learned.leaked = true;
              }
              leak(from, to, value, new Leak(to, value.datum(), rule, trace, null));
            });
  }

  /**
   * Reports a value that the sender must not tell, even if the receiver has it legitimately: from
   * the principal itself, or for an order of its own.
   */
  private void checkPassing(
      ObservedMessage observedMessage, String to, KnownValue value, Trace trace) {
    var from = observedMessage.from();
    if (from.equals(to)) {
      return;
    }
    KnowledgePolicy.forbidsPassing(
            participantKinds.of(from), participantKinds.of(to), value.datum())
        .or(
            () ->
                isForbidden(to, value, trace) && !isEvidence(observedMessage, value)
                    ? KnowledgePolicy.forbids(participantKinds.of(to), value.datum())
                        .map(KnowledgePolicy.Rule::rule)
                    : Optional.empty())
        .ifPresent(rule -> leak(from, to, value, new Leak(from, value.datum(), rule, trace, to)));
  }

  private void leak(String from, String to, KnownValue value, Leak leak) {
    if (leaks.size() < MAX_LEAKS && routes.add(new Route(from, to, value))) {
      leaks.add(leak);
    }
  }

  private static boolean isSource(String did, KnownValue value, Trace trace) {
    return trace.from() == null && (value.owner() == null || value.owner().equals(did));
  }

  /**
   * Says whether the value is evidence: a dispute is decided on the documents and records of a
   * purchase in clear (TSD-6), and on nothing else.
   */
  private static boolean isEvidence(ObservedMessage observedMessage, KnownValue value) {
    return observedMessage.evidence()
        && (value.datum() == Datum.OFFERS || value.datum() == Datum.CREDENTIAL);
  }

  /**
   * Says whether the participant must not know the value. It may know its own values, and the
   * principal may tell what it wants.
   */
  private boolean isForbidden(String did, KnownValue value, Trace trace) {
    return KnowledgePolicy.forbids(participantKinds.of(did), value.datum()).isPresent()
        && !did.equals(value.owner())
        && (trace.from() == null || participantKinds.of(trace.from()) != ParticipantKind.YOU);
  }

  private static String shown(KnownValue value) {
    return switch (value.datum()) {
      case PIN, CREDENTIAL, DOCUMENT -> "***";
      default -> {
        var text = value.value().replace("|", " … ");
        yield text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
      }
    };
  }

  /**
   * Returns the report.
   *
   * @param complete whether all entries were read
   * @param name gives the name of a participant by its DID
   */
  public Knowledge result(boolean complete, Function<String, Text> name) {
    var participants =
        known.keySet().stream()
            .map(did -> new Participant(did, name.apply(did), participantKinds.of(did)))
            .sorted(Comparator.comparing(Participant::party).thenComparing(Participant::id))
            .toList();
    var data = EnumSet.copyOf(seen);
    data.addAll(forbiddenData(participants));
    var cells = new ArrayList<Cell>();
    for (var participant : participants) {
      for (var datum : data) {
        cells.add(cell(participant, datum));
      }
    }
    return new Knowledge(
        entries,
        last,
        complete && knownValueIndex.isComplete(),
        incomplete,
        participants,
        List.copyOf(data),
        List.copyOf(cells),
        List.copyOf(leaks));
  }

  /**
   * Returns the existing data that a participant here must never learn; they are listed even if
   * they were never told.
   */
  private List<Datum> forbiddenData(List<Participant> participants) {
    return holders.keySet().stream()
        .map(KnownValue::datum)
        .distinct()
        .filter(
            datum ->
                participants.stream()
                    .anyMatch(
                        participant ->
                            KnowledgePolicy.forbids(participant.party(), datum).isPresent()))
        .toList();
  }

  /**
   * Returns the rule that forbids the datum. A principal may know all its own data; a leak to it
   * concerns another principal's data.
   */
  private static @Nullable String rule(
      ParticipantKind participantKind, Datum datum, @Nullable Learned learned) {
    return participantKind == ParticipantKind.YOU && learned != null && learned.leaked
        ? KnowledgePolicy.forbidsOfAnother(datum).orElse(null)
        : KnowledgePolicy.forbids(participantKind, datum)
            .map(KnowledgePolicy.Rule::rule)
            .orElse(null);
  }

  private Cell cell(Participant participant, Datum datum) {
    var learned = known.getOrDefault(participant.id(), new EnumMap<>(Datum.class)).get(datum);
    var rule = rule(participant.party(), datum, learned);
    if (learned == null) {
      int had = own.getOrDefault(participant.id(), Map.of()).getOrDefault(datum, Set.of()).size();
      if (had > 0) {
        return new Cell(participant.id(), datum, State.OWN, had, null, rule);
      }
      var state = rule == null ? State.NOT : State.KEPT;
      return new Cell(participant.id(), datum, state, 0, null, rule);
    }
    var state = learned.leaked ? State.LEAKED : learned.source ? State.OWN : State.TOLD;
    return new Cell(participant.id(), datum, state, learned.values.size(), learned.first, rule);
  }
}
