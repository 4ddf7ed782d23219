package org.actsandbox.web.console.picture;

import java.util.List;
import org.actsandbox.protocol.commerce.Text;

/**
 * Is a participant's line in the sequence diagram.
 *
 * @param actor colour class: you, agent, merchant, psp or trust
 */
public record DiagramLane(String did, Text name, String actor) {

  static final DiagramLane YOU =
      new DiagramLane("did:act:principal", new Text("You", "您"), "principal");
  public static final DiagramLane AGENT =
      new DiagramLane("did:act:demo-agent", new Text("Agent", "智能体"), "agent");
  static final DiagramLane PSP =
      new DiagramLane("did:act:sandbox-pay", new Text("Pay", "支付"), "psp");

  /**
   * The lanes of every diagram, in this order; others are inserted at their places as they appear.
   */
  public static final List<DiagramLane> ALWAYS = List.of(YOU, AGENT, PSP);
}
