package org.actsandbox.web.console.glassbox;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Shows the authority that the agent asks for, and afterwards what the agent does under it while
 * the principal is absent.
 *
 * @param state open, waiting, watching, buying, paused, done or ended
 * @param page path of the page on which the principal decides; empty when there is nothing to
 *     decide
 * @param says what the authority would permit, or the open questions
 * @param text the agent's latest message about it; empty while the agent asks for it
 * @param next the world's time when the agent checks again; null while it does not
 */
record AuthorityView(
    String intentId,
    String delegationId,
    String state,
    String page,
    List<String> says,
    String text,
    @Nullable Instant next) {

  static AuthorityView requested(JsonNode data) {
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

  /** Shows the state of the watch under the authority. */
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

  /** Tells whether the authority waits for the principal's decision. */
  public boolean waits() {
    return state.equals("waiting") && !page.isEmpty();
  }

  boolean paused() {
    return state.equals("paused");
  }

  public boolean over() {
    return state.equals("done") || state.equals("ended");
  }
}
