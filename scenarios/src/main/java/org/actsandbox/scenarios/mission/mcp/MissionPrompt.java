package org.actsandbox.scenarios.mission.mcp;

import tools.jackson.databind.JsonNode;

/** Writes the text that a host's agent is given for a mission. */
final class MissionPrompt {

  private static final String ENGLISH =
      """
      You shop for a principal with the tools of the MCP server "act". The principal says:

      %s

      Read the resource act://world for the date. Ask with ask_principal what the wish leaves open. Show what you found \
      with show_offers and buy what is chosen. The principal decides about payments and authorities on a page of \
      their own; you never do. If there is nothing to buy yet, let_time_pass. Call finish when this wish is fulfilled or \
      cannot be: it answers with the next wish, or that it is over.%s
      """;

  private static final String CHINESE =
      """
      请用 MCP 服务器“act”的工具为委托人购物。委托人说：

      %s

      日期请读资源 act://world。需求没说清的，用 ask_principal 问。找到的商品用 show_offers 给委托人看，\
      买选中的。付款和授权由委托人在自己的页面上决定，你不能代办。暂时没有可买的，就调用 let_time_pass。\
      需求办完或办不成时调用 finish：它会给出下一个需求，或告知结束。%s
      """;

  private static final String ENGLISH_AWAY =
      " The principal is away and cannot pay: ask for an authority with request_delegation.";
  private static final String CHINESE_AWAY = "委托人不在，无法付款：请用 request_delegation 申请授权。";

  private MissionPrompt() {}

  /**
   * Writes the text of a wish.
   *
   * @param wish as {@code mission.json} has it
   */
  static String of(JsonNode wish) {
    boolean chinese = wish.path("language").asString("en").equals("zh");
    var away = chinese ? CHINESE_AWAY : ENGLISH_AWAY;
    return (chinese ? CHINESE : ENGLISH)
        .formatted(wish.path("text").asString(""), wish.path("away").asBoolean(false) ? away : "")
        .strip();
  }
}
