package org.actsandbox.web.console.firstmission;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.actsandbox.sandbox.SandboxSettings;
import org.actsandbox.sandbox.world.ServerAddresses;
import org.actsandbox.scenarios.mission.gallery.Flaw;
import org.actsandbox.scenarios.mission.gallery.GalleryAgent;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.grades.GradeFolder;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;
import tools.jackson.databind.JsonNode;

/**
 * Waits for an agent of the user's, lights up what it has done, and says the exact next thing to
 * do. The page asks again every two seconds until all steps are done.
 */
@Controller
@RequestMapping("/console/{world}/connect/first-mission")
class FirstMissionPages {

  /** Ours: a run of fewer missions is a look and no grade. */
  private static final int MISSIONS_OF_A_GRADE = 60;

  private static final int DEFAULT_PORT = 8080;

  private static final Set<String> AGENTS_OF_THE_SANDBOX =
      Set.of("built-in", "model", GalleryAgent.CAREFUL);

  private final FirstMissions firstMissions;
  private final ServerAddresses serverAddresses;
  private final SandboxSettings sandboxSettings;
  private final GradeFolder gradeFolder;

  FirstMissionPages(
      FirstMissions firstMissions,
      ServerAddresses serverAddresses,
      SandboxSettings sandboxSettings) {
    this.firstMissions = firstMissions;
    this.serverAddresses = serverAddresses;
    this.sandboxSettings = sandboxSettings;
    this.gradeFolder = new GradeFolder(sandboxSettings.data());
  }

  /**
   * Shows one step.
   *
   * @param state done | next | waiting
   * @param href what shows that the step is done; null if nothing does yet
   * @param text what to say or to run, ready to copy; empty if the words say it all
   */
  record StepView(String code, String state, @Nullable String href, String text) {}

  @GetMapping
  Rendering show(PageRequest pageRequest) {
    var reached = firstMissions.reached(pageRequest.world());
    var steps = steps(pageRequest, reached);
    var model = new HashMap<String, Object>();
    model.put("steps", steps);
    model.put("lit", steps.stream().filter(step -> step.state().equals("done")).count());
    var trade = reached.lastTrade();
    model.put(
        "cashier", trade == null ? "" : "/w/" + pageRequest.world().name() + "/cashier/" + trade);
    if (pageRequest.isPartial()) {
      return pageRequest.fragment("console/first-mission :: steps", model);
    }
    var page = pageRequest.page("console/first-mission", "home");
    model.forEach(page::with);
    return page.show();
  }

  private List<StepView> steps(PageRequest pageRequest, FirstMissions.Reached reached) {
    var hrefs = new EnumMap<FirstMissionStep, String>(FirstMissionStep.class);
    reached.done().forEach((step, seq) -> hrefs.put(step, pageRequest.here() + "/journal/" + seq));
    gradeFolder.newest().stream()
        .filter(run -> isOutside(run.path("agent").asString("")) && !GradeFolder.isUploaded(run))
        .forEach(run -> graded(run, pageRequest.here() + "/grades/", hrefs));
    var steps = new ArrayList<StepView>();
    boolean nextFound = false;
    for (var step : FirstMissionStep.values()) {
      boolean lit = hrefs.containsKey(step);
      var state = lit ? "done" : nextFound ? "waiting" : "next";
      nextFound = nextFound || !lit;
      steps.add(
          new StepView(
              step.code(),
              state,
              hrefs.get(step),
              state.equals("next") ? text(pageRequest, step) : ""));
    }
    return steps;
  }

  private static boolean isOutside(String agent) {
    return !AGENTS_OF_THE_SANDBOX.contains(agent)
        && !agent.startsWith("model ")
        && Flaw.find(agent).isEmpty();
  }

  private static void graded(JsonNode run, String grades, Map<FirstMissionStep, String> hrefs) {
    var here = grades + run.path("run").asString("");
    for (var result : run.path("results")) {
      if (result.path("verdict").asString("").equals("passed")) {
        hrefs.putIfAbsent(
            result.path("attack").isString() ? FirstMissionStep.ATTACK : FirstMissionStep.MISSION,
            here + "/" + result.path("mission").asString(""));
      }
    }
    var total = run.path("total").asString("");
    if (run.path("results").size() >= MISSIONS_OF_A_GRADE
        && (total.equals("passed") || total.equals("failed"))) {
      hrefs.putIfAbsent(FirstMissionStep.GRADE, here);
    }
  }

  /** Returns what to say to the agent, or what to run, for the step. */
  private String text(PageRequest pageRequest, FirstMissionStep step) {
    return switch (step) {
      case CONNECTED -> registration(pageRequest);
      case OFFERS -> pageRequest.words().say("connect.wish");
      case CART, PAYMENT, APPROVAL, COLLECTED -> "";
      case MISSION -> graded("controls");
      case ATTACK -> graded("order-in-the-title payee-on-the-bill");
      case GRADE -> graded("all");
    };
  }

  private String registration(PageRequest pageRequest) {
    return """
    curl -X POST %s/api/worlds/%s/agents \\
      -H "Authorization: Bearer $OPERATOR_KEY" -H 'Content-Type: application/json' \\
      -d '{"name":"my-agent","jwk":{"kty":"OKP","crv":"Ed25519","x":"..."}}'\
    """
        .formatted(serverAddresses.origin(), pageRequest.world().name());
  }

  private String graded(String missions) {
    return """
    ./run grade --mcp --agent-command 'node my-host.mjs' --missions %1$s%2$s
    ./run grade --agent-command 'node my-agent.mjs' --missions %1$s%2$s\
    """
        .formatted(missions, server());
  }

  /** Returns the options with which a command finds this server, and this page its result. */
  private String server() {
    var port = serverAddresses.origin().getPort();
    var usual = Path.of(System.getProperty("act.home", ""), ".sandbox").toAbsolutePath();
    var data = sandboxSettings.data().toAbsolutePath().normalize();
    return (port == DEFAULT_PORT || port < 0 ? "" : " --port " + port)
        + (data.equals(usual.normalize()) ? "" : " --data '%s'".formatted(data));
  }
}
