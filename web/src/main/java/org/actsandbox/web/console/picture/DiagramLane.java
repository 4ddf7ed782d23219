package org.actsandbox.web.console.picture;

import java.util.List;
import org.actsandbox.protocol.commerce.Text;

/**
 * A participant's line in the sequence diagram.
 *
 * @param actor colour class: you, agent, merchant, psp, trust
 */
public record DiagramLane(String did, Text name, String actor) {

  static final DiagramLane YOU = new DiagramLane("did:act:principal", new Text("You", "您"), "you");
  static final DiagramLane AGENT =
      new DiagramLane("did:act:demo-agent", new Text("Agent", "智能体"), "agent");
  static final DiagramLane PSP =
      new DiagramLane("did:act:sandbox-pay", new Text("Pay", "支付"), "psp");

  /** There from the start, in this order; merchants are put before the last as they appear. */
  public static final List<DiagramLane> ALWAYS = List.of(YOU, AGENT, PSP);
}
