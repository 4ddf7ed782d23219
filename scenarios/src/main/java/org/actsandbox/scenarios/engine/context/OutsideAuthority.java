package org.actsandbox.scenarios.engine.context;

import org.actsandbox.scenarios.script.Verb;

/** What the principal gave an outside agent: an authority, or money set apart for it. */
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
