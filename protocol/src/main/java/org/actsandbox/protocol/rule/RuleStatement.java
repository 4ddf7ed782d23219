package org.actsandbox.protocol.rule;

/**
 * One statement of a rule, with its level.
 *
 * @param english a whole sentence
 * @param chinese the same sentence
 */
public record RuleStatement(RuleLevel level, String english, String chinese) {

  static RuleStatement must(String english, String chinese) {
    return new RuleStatement(RuleLevel.MUST, english, chinese);
  }

  static RuleStatement should(String english, String chinese) {
    return new RuleStatement(RuleLevel.SHOULD, english, chinese);
  }

  static RuleStatement may(String english, String chinese) {
    return new RuleStatement(RuleLevel.MAY, english, chinese);
  }

  /**
   * @param lang {@code zh}; anything else is English
   */
  public String text(String lang) {
    return lang.equals("zh") ? chinese : english;
  }
}
