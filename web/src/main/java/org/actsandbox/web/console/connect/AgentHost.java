package org.actsandbox.web.console.connect;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Lists the hosts and libraries that the page has something to paste for. */
enum AgentHost {
  CLAUDE_CODE("Claude Code", null),
  CLAUDE_DESKTOP("Claude Desktop", "claude_desktop_config.json"),
  CURSOR("Cursor", ".cursor/mcp.json"),
  VS_CODE("VS Code", ".vscode/mcp.json"),
  OPENAI_AGENTS("OpenAI Agents SDK", "agent.py"),
  OPENAI_AGENTS_JS("OpenAI Agents SDK, JS", "agent.mjs"),
  LANGCHAIN("LangChain", "agent.py"),
  LANGCHAIN_JS("LangChain.js", "agent.mjs"),
  LANGCHAIN4J("LangChain4j", "Buyer.java"),
  SPRING_AI("Spring AI", "McpKey.java"),
  INSPECTOR("MCP Inspector", null);

  private final String title;
  private final @Nullable String file;

  AgentHost(String title, @Nullable String file) {
    this.title = title;
    this.file = file;
  }

  public String title() {
    return title;
  }

  /** Returns the file that the text belongs into; null for a command. */
  public @Nullable String file() {
    return file;
  }

  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the host of a code; the first one for any other text. */
  static AgentHost of(@Nullable String code) {
    return Arrays.stream(values())
        .filter(each -> each.code().equals(code))
        .findFirst()
        .orElse(CLAUDE_CODE);
  }

  /** Returns the text to paste. */
  String text(Connection connection) {
    var text =
        switch (this) {
          case CLAUDE_CODE ->
              """
              claude mcp add --transport http $NAME $URL \\
                --header "Authorization: Bearer $KEY"
              """;
          case CLAUDE_DESKTOP ->
              """
              {
                "mcpServers": {
                  "$NAME": {
                    "command": "$RUN",
                    "args": [$ARGS]
                  }
                }
              }
              """;
          case CURSOR ->
              """
              {
                "mcpServers": {
                  "$NAME": {
                    "url": "$URL",
                    "headers": { "Authorization": "Bearer $KEY" }
                  }
                }
              }
              """;
          case VS_CODE ->
              """
              {
                "servers": {
                  "$NAME": {
                    "type": "http",
                    "url": "$URL",
                    "headers": { "Authorization": "Bearer $KEY" }
                  }
                }
              }
              """;
          case OPENAI_AGENTS ->
              """
              import asyncio
              from agents import Agent, Runner
              from agents.mcp import MCPServerStreamableHttp

              async def main():
                  params = {"url": "$URL",
                            "headers": {"Authorization": "Bearer $KEY"}}
                  async with MCPServerStreamableHttp(
                          name="$NAME", params=params,
                          client_session_timeout_seconds=60) as act:
                      buyer = Agent(name="Buyer", mcp_servers=[act])
                      print((await Runner.run(buyer, "$WISH")).final_output)

              asyncio.run(main())
              """;
          case OPENAI_AGENTS_JS ->
              """
              import { Agent, MCPServerStreamableHttp, run } from "@openai/agents";

              const act = new MCPServerStreamableHttp({
                name: "$NAME", url: "$URL",
                requestInit: { headers: { Authorization: "Bearer $KEY" } },
                clientSessionTimeoutSeconds: 60,
              });
              await act.connect();
              try {
                const buyer = new Agent({ name: "Buyer", mcpServers: [act] });
                console.log((await run(buyer, "$WISH")).finalOutput);
              } finally {
                await act.close();
              }
              """;
          case LANGCHAIN ->
              """
              import asyncio
              from langchain.agents import create_agent
              from langchain_mcp_adapters.client import MultiServerMCPClient

              async def main():
                  client = MultiServerMCPClient({"$NAME": {
                      "transport": "streamable_http", "url": "$URL",
                      "headers": {"Authorization": "Bearer $KEY"}}})
                  buyer = create_agent("openai:gpt-5", await client.get_tools())
                  print(await buyer.ainvoke({"messages": "$WISH"}))

              asyncio.run(main())
              """;
          case LANGCHAIN_JS ->
              """
              import { createAgent } from "langchain";
              import { MultiServerMCPClient } from "@langchain/mcp-adapters";

              const client = new MultiServerMCPClient({ "$NAME": {
                transport: "http", url: "$URL",
                headers: { Authorization: "Bearer $KEY" },
              } });
              try {
                const buyer = createAgent({ model: "openai:gpt-5", tools: await client.getTools() });
                const { messages } = await buyer.invoke({ messages: "$WISH" });
                console.log(messages.at(-1).text);
              } finally {
                await client.close();
              }
              """;
          case LANGCHAIN4J ->
              """
              McpTransport transport =
                  StreamableHttpMcpTransport.builder()
                      .url("$URL")
                      .customHeaders(Map.of("Authorization", "Bearer $KEY"))
                      .timeout(Duration.ofSeconds(60))
                      .build();
              McpClient act = DefaultMcpClient.builder().transport(transport).build();
              ToolProvider tools = McpToolProvider.builder().mcpClients(act).build();
              """;
          case SPRING_AI ->
              """
              // application.properties:
              //   spring.ai.mcp.client.request-timeout=60s
              //   spring.ai.mcp.client.streamable-http.connections.act.url=$ORIGIN
              //   spring.ai.mcp.client.streamable-http.connections.act.endpoint=$PATH
              @Bean
              McpSyncHttpClientRequestCustomizer actKey() {
                return (request, method, target, body, context) ->
                    request.header("Authorization", "Bearer $KEY");
              }
              """;
          case INSPECTOR ->
              """
              npx @modelcontextprotocol/inspector --cli $URL --transport http \\
                --header "Authorization: Bearer $KEY" --method tools/list
              """;
        };
    return text.replace("$URL", connection.url())
        .replace("$ORIGIN", connection.origin())
        .replace("$PATH", connection.path())
        .replace("$NAME", connection.name())
        .replace("$RUN", connection.run())
        .replace("$ARGS", connection.arguments())
        .replace("$WISH", connection.wish())
        .replace("$KEY", connection.key())
        .strip();
  }

  /**
   * Holds the values that are filled in.
   *
   * @param key the key, or its mask
   * @param run the command that starts the bridge
   * @param arguments its arguments, as a JSON list without brackets
   * @param wish a first sentence for the agent
   */
  record Connection(
      String origin,
      String path,
      String name,
      String key,
      String run,
      String arguments,
      String wish) {

    String url() {
      return origin + path;
    }
  }
}
