package org.actsandbox.sandbox.edge.exchange;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.actsandbox.protocol.operation.Operation;
import org.actsandbox.protocol.refusal.ErrorPhase;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.Worlds;
import org.jspecify.annotations.Nullable;

/**
 * Represents the parts of a request path: the world, the participant and the operation.
 *
 * @param path below the world, {@code /merchants/raileast/carts}
 * @param participant {@code raileast}
 * @param operation below the participant, {@code /carts}
 */
public record ParticipantPath(String world, String path, String participant, String operation) {

  /** First segments that belong to the demo world when a path has no world prefix. */
  private static final Set<String> DEMO =
      Set.of(
          "merchants",
          "psp",
          "delegations",
          "trust",
          "credit",
          "credit-issuer",
          "credit-verifier",
          "agents",
          "mcp",
          "gateway.do",
          "dids");

  private static final String PREFIX = "/w/";

  /**
   * Segment of the pages for people, which also exist below a world: they are no protocol, and
   * their forms contain PINs.
   */
  private static final String CASHIER = "cashier";

  /** Reads a path; empty when the path does not belong to a world's participants. */
  public static Optional<ParticipantPath> of(String path) {
    if (path.startsWith(PREFIX)) {
      int end = path.indexOf('/', PREFIX.length());
      return end < 0
          ? Optional.of(inWorld(path.substring(PREFIX.length()), "/"))
          : of(path.substring(PREFIX.length(), end), path.substring(end));
    }
    // "/merchants" alone and "/psp" alone are console pages.
    return DEMO.contains(segment(path, 1)) && (path.indexOf('/', 1) > 0 || isSingleSegment(path))
        ? of(Worlds.DEMO, path)
        : Optional.empty();
  }

  private static boolean isSingleSegment(String path) {
    return path.equals("/gateway.do") || path.equals("/mcp");
  }

  private static Optional<ParticipantPath> of(String world, String path) {
    return segment(path, 1).equals(CASHIER) ? Optional.empty() : Optional.of(inWorld(world, path));
  }

  private static ParticipantPath inWorld(String world, String path) {
    var first = segment(path, 1);
    return switch (first) {
      case "merchants", "agents" -> {
        var id = segment(path, 2);
        yield new ParticipantPath(world, path, id, rest(path, first.length() + id.length() + 2));
      }
      case "psp" ->
          new ParticipantPath(world, path, World.PSP.name(), rest(path, first.length() + 1));
      // Alipay's gateway and cashier are another language of the payment service.
      case "gateway.do", "openclawpay" -> new ParticipantPath(world, path, World.PSP.name(), path);
      case "delegations" ->
          new ParticipantPath(
              world, path, World.DELEGATIONS.name(), rest(path, first.length() + 1));
      case "trust" ->
          new ParticipantPath(world, path, World.TRUST.name(), rest(path, first.length() + 1));
      case "credit", "credit-issuer", "credit-verifier" ->
          new ParticipantPath(world, path, "sandbox-" + first, rest(path, first.length() + 1));
      default -> new ParticipantPath(world, path, "sandbox", path);
    };
  }

  public String rewritten() {
    return PREFIX + world + path;
  }

  public @Nullable ActComponent component(String method) {
    return Operation.find(method, path).component();
  }

  ErrorPhase phase(String method) {
    return Operation.find(method, path).phase();
  }

  /** Returns the ids in the path itself. */
  public Map<String, String> ids(String method) {
    return Operation.find(method, path).idsIn(path);
  }

  private static String rest(String path, int from) {
    return from >= path.length() ? "/" : path.substring(from);
  }

  /** Returns a segment, the first being number 1; empty where the path has fewer. */
  private static String segment(String path, int number) {
    int from = 0;
    for (int i = 0; i < number; i++) {
      from = path.indexOf('/', from) + 1;
      if (from == 0) {
        return "";
      }
    }
    int end = path.indexOf('/', from);
    return end < 0 ? path.substring(from) : path.substring(from, end);
  }
}
