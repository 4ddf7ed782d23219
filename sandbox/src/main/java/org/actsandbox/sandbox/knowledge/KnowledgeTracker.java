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
 * Reads journal entries in order, each once, and keeps who has come to know what.
 *
 * <p>A text proves itself: whoever gets it knows it. An amount does not, because others may have
 * come to the same one; it counts only when it comes from somebody who had it from its source, and
 * when nothing else in the world has the same amount.
 */
public final class KnowledgeTracker {

  private static final int LONGEST_VALUE = 60;

  /** One is enough to fail; so many are enough to understand. */
  private static final int MOST_LEAKS = 200;

  private final ParticipantKinds participantKinds;
  private final KnownValueIndex knownValueIndex = new KnownValueIndex();
  private final ValueExtractor valueExtractor;

  /** By value: who has it. */
  private final Map<KnownValue, Set<String>> holders = new HashMap<>();

  /** By value: the principals whose own it is, where there is one. */
  private final Map<KnownValue, Set<String>> principals = new HashMap<>();

  /** By participant: what it had before anybody told it. */
  private final Map<String, Map<Datum, Set<KnownValue>>> own = new HashMap<>();

  private final Map<String, EnumMap<Datum, Learned>> known = new LinkedHashMap<>();
  private final List<Leak> leaks = new ArrayList<>();

  /** Who has leaked what to whom: a second time says nothing new. */
  private final Set<Route> routes = new HashSet<>();

  private final EnumSet<Datum> seen = EnumSet.noneOf(Datum.class);
  private int entries;
  private int partly;
  private long last;

  private record Route(String from, String to, KnownValue value) {}

  /** What one participant knows of one datum. */
  private static final class Learned {
    private final Trace first;
    private final Set<KnownValue> values = new HashSet<>();
    private boolean leaked;

    /** Nobody told it, and it is not somebody else's own. */
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
    this.valueExtractor = new ValueExtractor(participantKinds, this::holds);
  }

  /** Looks for the value from now on; {@code did} has it to begin with. */
  void addKnown(KnownValue value, String did) {
    holds(value, did);
    own.computeIfAbsent(did, _ -> new EnumMap<>(Datum.class))
        .computeIfAbsent(value.datum(), _ -> new HashSet<>())
        .add(value);
  }

  /** Looks for the value from now on; it is that principal's, whoever may have it. */
  void addOwned(KnownValue value, String principal) {
    knownValueIndex.add(value);
    principals.computeIfAbsent(value, _ -> new HashSet<>()).add(principal);
  }

  private void holds(KnownValue value, String did) {
    if (participantKinds.of(did) == ParticipantKind.YOU) {
      addOwned(value, did);
    }
    knownValueIndex.add(value);
    holders.computeIfAbsent(value, _ -> new HashSet<>()).add(did);
  }

  public void observe(JournalEntry entry) {
    entries++;
    last = entry.seq();
    valueExtractor.extract(entry);
    for (var observedMessage : MessageExtractor.of(entry)) {
      if (!observedMessage.whole()) {
        partly++;
      }
      read(observedMessage);
    }
  }

  /** Reads what somebody keeps, without a place in the journal. */
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
    var together = new HashMap<KnownValue, Set<String>>();
    for (var textPiece : observedMessage.pieces()) {
      knownValueIndex.findIn(
          textPiece,
          (value, part) -> {
            if (value.match() == KnownValue.Match.TOGETHER) {
              var parts = together.computeIfAbsent(value, _ -> new HashSet<>());
              parts.add(part);
              if (parts.size() == value.value().split("\\|", -1).length) {
                passed(observedMessage, textPiece, value, part);
              }
            } else {
              passed(observedMessage, textPiece, value, part);
            }
          });
    }
  }

  private void admit(String did) {
    if (participantKinds.of(did) != ParticipantKind.NOBODY) {
      known.computeIfAbsent(did, _ -> new EnumMap<>(Datum.class));
    }
  }

  private void passed(
      ObservedMessage observedMessage, TextPiece textPiece, KnownValue value, String part) {
    var has = holders.computeIfAbsent(value, _ -> new HashSet<>());
    boolean had = has.contains(observedMessage.from());
    if (value.isNumber() && (!had || !knownValueIndex.isDistinct(value))) {
      return;
    }
    seen.add(value.datum());
    var text = shown(value);
    // Anybody can write a masked field or the name of an account; who is told one is told it.
    if (had
        || value.match() != KnownValue.Match.FIELD
        || participantKinds.of(observedMessage.from()) == ParticipantKind.YOU) {
      knows(
          observedMessage,
          observedMessage.from(),
          value,
          new Trace(observedMessage.seq(), null, textPiece.where(), text));
      has.add(observedMessage.from());
    }
    var to = observedMessage.to();
    if (to != null && participantKinds.of(to) != ParticipantKind.NOBODY) {
      var trace = new Trace(observedMessage.seq(), observedMessage.from(), textPiece.where(), text);
      boolean anothers = isAnothers(observedMessage.from(), to, value, part);
      knows(observedMessage, to, value, trace);
      if (anothers) {
        toldOfAnother(observedMessage.from(), to, value, trace);
      }
      passedOn(observedMessage, to, value, trace);
      has.add(to);
    }
  }

  private void knows(ObservedMessage observedMessage, String did, KnownValue value, Trace trace) {
    var mine = known.get(did);
    if (mine == null) {
      return;
    }
    var learned =
        mine.computeIfAbsent(value.datum(), _ -> new Learned(trace, isSource(did, value, trace)));
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
   * Whether a principal is told what is another's and nobody's else, by somebody who serves both.
   */
  private boolean isAnothers(String from, String to, KnownValue value, String part) {
    return participantKinds.of(to) == ParticipantKind.YOU
        && participantKinds.of(from) != ParticipantKind.YOU
        && isOnlyOfOthers(value, to)
        // Words in a row may be in what each of two has said.
        && (value.match() != KnownValue.Match.SENTENCE
            || knownValueIndex.findSentences(part).stream()
                .allMatch(each -> isOnlyOfOthers(each, to)));
  }

  private boolean isOnlyOfOthers(KnownValue value, String principal) {
    var owners = principals.getOrDefault(value, Set.of());
    return !owners.isEmpty() && !owners.contains(principal);
  }

  private void toldOfAnother(String from, String to, KnownValue value, Trace trace) {
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
   * What was not the sender's to tell, also to somebody who has it in a way it may: from the
   * principal itself, or for an order of its own.
   */
  private void passedOn(ObservedMessage observedMessage, String to, KnownValue value, Trace trace) {
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
    if (leaks.size() < MOST_LEAKS && routes.add(new Route(from, to, value))) {
      leaks.add(leak);
    }
  }

  private static boolean isSource(String did, KnownValue value, Trace trace) {
    return trace.from() == null && (value.owner() == null || value.owner().equals(did));
  }

  /** A dispute is decided on the papers of a purchase, in clear (TSD-6); nothing else is. */
  private static boolean isEvidence(ObservedMessage observedMessage, KnownValue value) {
    return observedMessage.evidence()
        && (value.datum() == Datum.OFFERS || value.datum() == Datum.CREDENTIAL);
  }

  /** Its own it may know, and what the principal itself chose to tell is the principal's affair. */
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
        yield text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
      }
    };
  }

  /**
   * @param complete whether all there is was seen
   * @param name of a participant by its DID
   */
  public Knowledge result(boolean complete, Function<String, Text> name) {
    var participants =
        known.keySet().stream()
            .map(did -> new Participant(did, name.apply(did), participantKinds.of(did)))
            .sorted(Comparator.comparing(Participant::party).thenComparing(Participant::id))
            .toList();
    var data = EnumSet.copyOf(seen);
    data.addAll(promised(participants));
    var cells = new ArrayList<Cell>();
    for (var who : participants) {
      for (var datum : data) {
        cells.add(cell(who, datum));
      }
    }
    return new Knowledge(
        entries,
        last,
        complete && knownValueIndex.isWhole(),
        partly,
        participants,
        List.copyOf(data),
        List.copyOf(cells),
        List.copyOf(leaks));
  }

  /** What somebody here may never learn and could: shown also while nobody has heard any of it. */
  private List<Datum> promised(List<Participant> participants) {
    return holders.keySet().stream()
        .map(KnownValue::datum)
        .distinct()
        .filter(
            datum ->
                participants.stream()
                    .anyMatch(who -> KnowledgePolicy.forbids(who.party(), datum).isPresent()))
        .toList();
  }

  /** A principal may know everything of its own; what it leaked to it is another's. */
  private static @Nullable String rule(
      ParticipantKind participantKind, Datum datum, @Nullable Learned learned) {
    return participantKind == ParticipantKind.YOU && learned != null && learned.leaked
        ? KnowledgePolicy.forbidsOfAnother(datum).orElse(null)
        : KnowledgePolicy.forbids(participantKind, datum)
            .map(KnowledgePolicy.Rule::rule)
            .orElse(null);
  }

  private Cell cell(Participant who, Datum datum) {
    var learned = known.getOrDefault(who.id(), new EnumMap<>(Datum.class)).get(datum);
    var rule = rule(who.party(), datum, learned);
    if (learned == null) {
      int had = own.getOrDefault(who.id(), Map.of()).getOrDefault(datum, Set.of()).size();
      if (had > 0) {
        return new Cell(who.id(), datum, State.OWN, had, null, rule);
      }
      var state = rule == null ? State.NOT : State.KEPT;
      return new Cell(who.id(), datum, state, 0, null, rule);
    }
    var state = learned.leaked ? State.LEAKED : learned.source ? State.OWN : State.TOLD;
    return new Cell(who.id(), datum, state, learned.values.size(), learned.first, rule);
  }
}
