package org.actsandbox.web.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.actsandbox.agent.api.BuyerAgent;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.web.cli.demo.DemoContext;
import org.actsandbox.web.cli.demo.DemoLevel;
import org.actsandbox.web.cli.server.EmbeddedServer;
import org.actsandbox.web.cli.server.ServerOptions;
import org.actsandbox.web.cli.server.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Plays a first purchase in a terminal. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Buys what the sentence asks for, in a terminal: progress, offers, your choice, your PIN.",
      "L2 and L3 need no sentence: each plays its reference scenario in its own world with a stopped clock. L2 watches for a ticket that is not on sale yet; L3 buys what a report needs, within a budget.",
      "Uses the server on the port if one runs there, or else starts one until the purchase is over."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:bought",
      "1:failed",
      "2:wrong usage",
      "3:nothing suitable",
      "4:declined",
      "5:needs clarification"
    })
final class DemoCommand implements Callable<Integer> {

  @Mixin private ServerOptions server = new ServerOptions();

  @Option(
      names = "--yes",
      description = "Choose what the agent recommends and approve with the demo PIN")
  private boolean yes;

  @Option(names = "--json", description = "Print one JSON object on standard output, nothing else")
  private boolean json;

  @Option(
      names = "--lang",
      paramLabel = "zh|en",
      description = "Language of the agent (default: the sentence's)")
  private @Nullable String lang;

  @Option(names = "--in-process", description = "Never use a running server")
  private boolean inProcess;

  @Option(
      names = "--rehearse",
      hidden = true,
      description =
          "With --in-process: also do what a later start should find prepared, for a recording")
  private boolean rehearse;

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      description = "Level of payment: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  private DemoLevel level = DemoLevel.L1;

  @Parameters(
      arity = "0..1",
      paramLabel = "SENTENCE",
      description = "What you want, in English or Chinese")
  private String sentence = "";

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    validate();
    var origin = URI.create("http://localhost:" + server.port);
    try (var outbound = new PooledOutboundClient(uri -> "localhost".equals(uri.getHost()))) {
      var client = new SandboxClient(outbound);
      if (!inProcess && client.isSandbox(origin)) {
        var running = server.running();
        return play(running.target(client, Worlds.DEMO), running.data(), client);
      }
      try (var own = EmbeddedServer.start(0, server.dataFolder(), "127.0.0.1", server.settings())) {
        int code = play(own.demo(client), server.dataFolder(), client);
        if (rehearse) {
          Rehearsal.play(own.origin(), own.demo(client), client);
        }
        return code;
      }
    }
  }

  private int play(TargetWorld targetWorld, Path data, SandboxClient client) {
    var play =
        level.on(
            new DemoContext(
                targetWorld,
                client,
                new Terminal(json),
                yes,
                sentence.strip(),
                lang,
                data.resolve("evidence")));
    int code = play.run();
    if (json) {
      new Terminal(true).object(Json.write(play.toJson()));
    }
    return code;
  }

  private void validate() {
    if (level.needsSentence() && sentence.isBlank()) {
      throw wrongUsage(
          "give a sentence, such as \"Find me a window seat on tomorrow's early train to Shanghai\"");
    }
    if (sentence.length() > BuyerAgent.MAX_SENTENCE) {
      throw wrongUsage(
          "the sentence has at most %d characters, not %d"
              .formatted(BuyerAgent.MAX_SENTENCE, sentence.length()));
    }
    if (lang != null && !lang.equals("zh") && !lang.equals("en")) {
      throw wrongUsage("--lang is zh or en, not " + lang);
    }
  }

  private ParameterException wrongUsage(String message) {
    return new ParameterException(java.util.Objects.requireNonNull(spec).commandLine(), message);
  }
}
