package org.actsandbox.sandbox.control;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.world.clock.WorldClock.Pending;
import tools.jackson.core.JacksonException;

/**
 * Encodes where the list of due work continues: after the last listed item, even if that work is
 * done by now.
 */
final class DueCursor {

  private DueCursor() {}

  static String of(Pending last) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Json.write(last).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @throws Refusal {@code invalid_field}
   */
  static Pending parse(String cursor) {
    try {
      var text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      return Json.read(text, Pending.class);
    } catch (IllegalArgumentException | JacksonException malformed) {
      throw new Refusal(Problem.INVALID_FIELD, "not a cursor of this list")
          .at("cursor")
          .expected("next of the page before")
          .observed(cursor);
    }
  }
}
