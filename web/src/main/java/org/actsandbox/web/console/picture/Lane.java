package org.actsandbox.web.console.picture;

import java.util.List;
import org.actsandbox.protocol.commerce.Text;

/**
 * A participant's line in the sequence diagram.
 *
 * @param actor colour class: you, agent, merchant, psp, trust
 */
public record Lane(String did, Text name, String actor) {

  static final Lane YOU = new Lane("did:act:principal", new Text("You", "您"), "you");
  static final Lane AGENT = new Lane("did:act:demo-agent", new Text("Agent", "智能体"), "agent");
  static final Lane PSP = new Lane("did:act:sandbox-pay", new Text("Pay", "支付"), "psp");

  /** There from the start, in this order; merchants are put before the last as they appear. */
  public static final List<Lane> ALWAYS = List.of(YOU, AGENT, PSP);
}
