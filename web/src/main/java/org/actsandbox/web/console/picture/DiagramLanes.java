package org.actsandbox.web.console.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actsandbox.merchants.MerchantRoster;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.world.AgentKind;

/**
 * Holds the lanes of one sequence diagram from left to right. It grows when a new participant
 * appears.
 */
public final class DiagramLanes {

  private static final String PREFIX = "did:act:";
  private static final Set<String> TRUSTED =
      Set.of(
          "did:act:sandbox-delegations",
          "did:act:sandbox-trust",
          "did:act:sandbox-credit",
          "did:act:sandbox-credit-issuer",
          "did:act:sandbox-credit-verifier");

  private static final Set<String> MERCHANT_EVENTS =
      Stream.of(
              JournalEvent.MERCHANT_ADDED,
              JournalEvent.MERCHANT_CHANGED,
              JournalEvent.MERCHANT_REMOVED,
              JournalEvent.MERCHANT_ANSWERED,
              JournalEvent.MERCHANT_SILENT)
          .map(JournalEvent::code)
          .collect(Collectors.toUnmodifiableSet());

  /** More than there are merchants in the roster. */
  private static final int FEW = 1_000;

  private static final List<String> ORDER =
      List.of("principal", "agent", "merchant", "psp", "trust");

  private final ArrayList<DiagramLane> diagramLanes = new ArrayList<>(DiagramLane.ALWAYS);

  public List<DiagramLane> all() {
    return List.copyOf(diagramLanes);
  }

  public int size() {
    return diagramLanes.size();
  }

  /**
   * Adds lanes for the participants of an entry that have a DID and no lane.
   *
   * @param names returns the name of a participant by its DID
   * @return true if a lane was added
   */
  public boolean addParticipants(JournalEntry entry, Function<String, Text> names) {
    boolean added = false;
    for (var did : participants(entry)) {
      added |= did.startsWith(PREFIX) && add(did, names.apply(did), actor(did, entry));
    }
    return added;
  }

  /**
   * Adds lanes for all participants of an entry that have none. Pictures of all entries also need
   * lanes for the operator and for unknown callers.
   *
   * @param names returns the name of a participant by its DID
   * @return true if a lane was added
   */
  public boolean addAnyParticipants(JournalEntry entry, Function<String, Text> names) {
    boolean added = false;
    for (var participant : participants(entry)) {
      added |= add(participant, names.apply(participant), actor(participant, entry));
    }
    return added;
  }

  private static List<String> participants(JournalEntry entry) {
    var peer = entry.peer();
    return peer == null ? List.of(entry.actor()) : List.of(entry.actor(), peer);
  }

  private boolean add(String participant, Text name, String actor) {
    if (index(participant).isPresent()) {
      return false;
    }
    add(new DiagramLane(participant, name, actor));
    return true;
  }

  /**
   * Inserts a lane at its place, which is the same in every diagram: the principal, agents,
   * merchants, the payment service, trust services, others.
   */
  private void add(DiagramLane diagramLane) {
    int place = diagramLanes.size();
    while (place > 0 && rank(diagramLanes.get(place - 1)) > rank(diagramLane)) {
      place--;
    }
    diagramLanes.add(place, diagramLane);
  }

  private static int rank(DiagramLane diagramLane) {
    return diagramLane.did().startsWith(PREFIX)
        ? ORDER.indexOf(diagramLane.actor()) * FEW + placeInRoster(diagramLane)
        : ORDER.size() * FEW;
  }

  /** Returns a merchant's place in the roster, so that merchants keep their order as well. */
  private static int placeInRoster(DiagramLane diagramLane) {
    var dids = MerchantRoster.all().stream().map(merchant -> merchant.did().value()).toList();
    return Math.max(0, dids.indexOf(diagramLane.did()));
  }

  /** Returns the colour class of a participant of an entry. */
  private static String actor(String did, JournalEntry entry) {
    return did.startsWith(PREFIX) && isMerchant(did, entry) ? "merchant" : actor(did);
  }

  /**
   * Tells whether the entry shows that the participant is a merchant. Merchants from outside are in
   * no roster: they are called below their address, call with a merchant's key, and the relay notes
   * their answers.
   */
  private static boolean isMerchant(String did, JournalEntry entry) {
    if (entry.kind() != JournalNote.Kind.EXCHANGE) {
      return did.equals(entry.actor()) && MERCHANT_EVENTS.contains(entry.event());
    }
    return did.equals(entry.peer())
        ? (entry.data().path("path").asString("") + "/")
            .startsWith("/merchants/" + did.substring(PREFIX.length()) + "/")
        : entry.data().path("role").asString("").equalsIgnoreCase(Role.MERCHANT.name());
  }

  /** Returns the colour class of a participant. */
  static String actor(String did) {
    var known =
        DiagramLane.ALWAYS.stream()
            .filter(diagramLane -> diagramLane.did().equals(did))
            .findFirst();
    if (known.isPresent()) {
      return known.get().actor();
    }
    if (TRUSTED.contains(did) || !did.startsWith(PREFIX)) {
      return "trust";
    }
    return MerchantRoster.all().stream().anyMatch(merchant -> merchant.did().value().equals(did))
        ? "merchant"
        : "agent";
  }

  /**
   * Returns the DID of the lane of a participant. The buyer agent has two DIDs, its address and its
   * own name, but only one lane.
   */
  private static String laneDid(String did) {
    return did.equals(AgentKind.DEDICATED.did().value()) ? DiagramLane.AGENT.did() : did;
  }

  public Optional<Integer> index(String did) {
    var wanted = laneDid(did);
    for (int i = 0; i < diagramLanes.size(); i++) {
      if (diagramLanes.get(i).did().equals(wanted)) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  /** Returns the centre of a lane in percent of the picture's width. */
  double centre(int index) {
    return (index + 0.5) * 100 / diagramLanes.size();
  }

  public String x(int index) {
    return percent(centre(index));
  }

  static String percent(double value) {
    return String.format(Locale.ROOT, "%.2f%%", value);
  }
}
