package org.actsandbox.protocol.rule;

/** What a refusal enforces: a rule of ACT 2.1, or an RFC below it. */
public sealed interface RuleSource permits ActRule, Rfc {

  /** As it is cited: {@code CID-8}, {@code RFC 8259}. */
  String number();

  /** Where it can be read: a path on this server, or the RFC editor's page. */
  String url();
}
