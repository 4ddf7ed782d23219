package org.actsandbox.web.console.glassbox;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the agent wants to be allowed, or does, while the principal is absent: asked for first,
 * watched afterwards.
 *
 * @param state open, waiting, watching, buying, paused, done or ended
 * @param page where the principal decides, while it is asked for
 * @param says what it would permit, or the open questions
 * @param text the agent's latest words about it; empty while it is asked for
 * @param next when it looks again; null while it does not
 */
record AuthorityView(
    String intentId,
    String delegationId,
    String state,
    String page,
    List<String> says,
    String text,
    @Nullable Instant next) {

  static AuthorityView asked(JsonNode data) {
    var open = texts(data.path("open_questions"));
    var address = data.path("confirm_url").asString("");
    return new AuthorityView(
        data.path("intent_id").asString(""),
        "",
        data.path("status").asString(open.isEmpty() ? "waiting" : "open"),
        address.isEmpty() ? "" : URI.create(address).getRawPath(),
        open.isEmpty() ? texts(data.path("summary")) : open,
        "",
        null);
  }

  /** As the watch over it stands now. */
  static AuthorityView watched(JsonNode data) {
    var next = data.path("next_at").asString("");
    return new AuthorityView(
        data.path("intent_id").asString(""),
        data.path("delegation_id").asString(""),
        data.path("state").asString(""),
        "",
        List.of(),
        data.path("text").asString(""),
        next.isEmpty() ? null : Instant.parse(next));
  }

  private static List<String> texts(JsonNode lines) {
    var texts = new ArrayList<String>();
    lines.forEach(line -> texts.add(line.asString("")));
    return List.copyOf(texts);
  }

  /** Only the principal's PIN helps now. */
  public boolean waits() {
    return state.equals("waiting") && !page.isEmpty();
  }

  public boolean over() {
    return state.equals("done") || state.equals("ended");
  }
}
