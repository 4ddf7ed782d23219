package org.actsandbox.web.console.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.actsandbox.merchants.MerchantRoster;
import org.actsandbox.protocol.commerce.Text;
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

  private final ArrayList<DiagramLane> diagramLanes = new ArrayList<>(DiagramLane.ALWAYS);

  public List<DiagramLane> all() {
    return List.copyOf(diagramLanes);
  }

  public int size() {
    return diagramLanes.size();
  }

  /**
   * Adds a lane for a participant with a DID, unless it has one.
   *
   * @return true if a lane was added
   */
  public boolean addParticipant(String did, Text name) {
    if (!did.startsWith(PREFIX) || index(did).isPresent()) {
      return false;
    }
    diagramLanes.add(diagramLanes.size() - 1, new DiagramLane(did, name, actor(did)));
    return true;
  }

  /**
   * Adds a lane for any participant, unless it has one. Pictures of all entries also need lanes for
   * the operator and for unknown callers.
   *
   * @return true if a lane was added
   */
  public boolean addAnyParticipant(String participant, Text name) {
    if (index(participant).isPresent()) {
      return false;
    }
    diagramLanes.add(new DiagramLane(participant, name, actor(participant)));
    return true;
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
