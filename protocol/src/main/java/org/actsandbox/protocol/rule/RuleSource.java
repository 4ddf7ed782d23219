package org.actsandbox.protocol.rule;

/** The source of a rule that a refusal enforces: a rule of ACT 2.1, or an RFC. */
public sealed interface RuleSource permits ActRule, RfcRule {

  /** Returns the number by which it is cited, such as {@code CID-8} or {@code RFC 8259}. */
  String number();

  /** Returns the address of its text: a path on this server, or the RFC editor's page. */
  String url();
}
