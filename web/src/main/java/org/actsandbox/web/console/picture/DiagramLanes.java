package org.actsandbox.web.console.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.actsandbox.merchants.MerchantRoster;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.sandbox.world.AgentKind;

/** The lanes of one diagram, left to right; grows when a merchant speaks for the first time. */
public final class DiagramLanes {

  private static final String PREFIX = "did:act:";
  private static final Set<String> TRUSTED =
      Set.of("did:act:sandbox-delegations", "did:act:sandbox-trust");

  private final ArrayList<DiagramLane> diagramLanes = new ArrayList<>(DiagramLane.ALWAYS);

  public List<DiagramLane> all() {
    return List.copyOf(diagramLanes);
  }

  public int size() {
    return diagramLanes.size();
  }

  /** Makes room for the participant; true if it was not there. */
  public boolean addParticipant(String did, Text name) {
    if (!did.startsWith(PREFIX) || index(did).isPresent()) {
      return false;
    }
    diagramLanes.add(diagramLanes.size() - 1, new DiagramLane(did, name, actor(did)));
    return true;
  }

  /** Likewise, for pictures that leave nobody out: the operator and strangers have lanes too. */
  public boolean addAnyParticipant(String who, Text name) {
    if (index(who).isPresent()) {
      return false;
    }
    diagramLanes.add(new DiagramLane(who, name, actor(who)));
    return true;
  }

  /** The colour class of a participant. */
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

  /** The buyer agent is one, whether it speaks under its address or its own name. */
  private static String owner(String did) {
    return did.equals(AgentKind.DEDICATED.did().value()) ? DiagramLane.AGENT.did() : did;
  }

  public Optional<Integer> index(String did) {
    var wanted = owner(did);
    for (int i = 0; i < diagramLanes.size(); i++) {
      if (diagramLanes.get(i).did().equals(wanted)) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  /** Centre of a lane in percent of the picture's width. */
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
