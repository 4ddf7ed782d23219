package org.actsandbox.web.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that a command has a name of its own on the leaderboard, and that no key is in it. */
class GradedAgentTests {

  @ParameterizedTest
  @CsvSource({
    "node my-agent.mjs, node my-agent.mjs",
    "python3 agents/one.py --fast, python3 one.py",
    "/opt/agent/bin/shop, shop",
    "OPENAI_API_KEY=sk-1 node my-agent.mjs, node my-agent.mjs",
    "claude -p \"$ACT_PROMPT\", claude",
    "agent sk-secret, agent",
    "npx tsx, npx"
  })
  void aCommandIsNamedByItsProgramAndScript(String command, String name) {
    assertThat(GradedAgent.commandName(command)).isEqualTo(name);
  }
}
