package org.actsandbox.scenarios.engine.context;

import org.actsandbox.scenarios.script.Verb;

/**
 * Holds what is known of an authority or a sub-account that the principal gave an outside agent, or
 * of a dispute in which that agent answers.
 */
public final class OutsideAuthority extends OutsideInteraction {

  OutsideAuthority(String name, String agent) {
    super(name, agent);
  }

  public String needText(String field, Verb before) {
    return need(field, before).asString();
  }

  @Override
  String title() {
    return name();
  }
}
