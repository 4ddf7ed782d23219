package org.actsandbox.agent.turn;

import java.util.List;
import org.actsandbox.agent.language.Budget;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * What a conversation has understood so far.
 *
 * @param asked the fields of a question that is still open
 */
record Understood(List<Wish> wishes, @Nullable Budget budget, List<String> asked) {

  static final Understood NOTHING = new Understood(List.of(), null, List.of());

  Understood {
    wishes = List.copyOf(wishes);
    asked = List.copyOf(asked);
  }

  String toJson() {
    return Json.write(this);
  }

  static Understood read(String json) {
    return Json.read(json, Understood.class);
  }
}
