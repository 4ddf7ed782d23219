package org.actsandbox.protocol.rule;

/**
 * Lists the levels of statements, the strongest first. They are the standard's words 应 or 必须, 宜, 可.
 */
public enum RuleLevel {
  MUST,
  SHOULD,
  MAY
}
