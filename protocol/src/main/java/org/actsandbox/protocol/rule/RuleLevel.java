package org.actsandbox.protocol.rule;

/** How binding a statement is: the standard's words 应 or 必须, 宜, 可. The strongest stands first. */
public enum RuleLevel {
  MUST,
  SHOULD,
  MAY
}
