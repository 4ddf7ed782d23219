package org.actsandbox.sandbox.edge.node;

import java.util.Optional;
import java.util.regex.Pattern;
import org.actsandbox.sandbox.edge.exchange.ParticipantPath;
import org.actsandbox.sandbox.world.Worlds;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Reads the name of the world in whose node's memory a request has to be answered. */
final class RequestWorld {

  private static final Pattern NAMED =
      Pattern.compile("/(?:w|api/worlds|console|pay)/([^/]+)(?:/.*)?");

  /** Addresses that every node answers: they are about no world, or read the database alone. */
  private static final Pattern OF_EVERY_NODE =
      Pattern.compile(
          "/(?:api|assets|webjars|schemas|shared)(?:/.*)?|/favicon\\..*|/metrics|/console/(?:login|theme)");

  /** Matches names of worlds; others are names of nothing. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");

  private RequestWorld() {}

  /** Returns the world; empty when every node can answer. */
  static Optional<String> of(ServerHttpRequest request) {
    var path = request.getPath().value();
    var named = NAMED.matcher(path);
    boolean everyNode = OF_EVERY_NODE.matcher(path).matches();
    if (named.matches() && (!everyNode || path.startsWith("/api/worlds/"))) {
      return Optional.of(named.group(1)).filter(RequestWorld::isName);
    }
    if (everyNode) {
      return Optional.empty();
    }
    return ParticipantPath.of(path)
        .map(ParticipantPath::world)
        .or(() -> Optional.of(asked(request)))
        .filter(RequestWorld::isName);
  }

  /** Returns the world of a page that belongs to none: the one that the reader came from. */
  private static String asked(ServerHttpRequest request) {
    var asked = request.getQueryParams().getFirst("world");
    return asked != null && isName(asked) ? asked : Worlds.DEMO;
  }

  private static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }
}
