package org.actsandbox.agent.api;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.actsandbox.agent.task.TaskView;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.identity.AllowedRoles;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Serves the agent's autonomous tasks; a task begins with a sentence in a conversation. */
@RestController
@RequestMapping("/w/{world}/agents/demo-agent/tasks")
class TaskEndpoints {

  private static final int PAGE = 20;

  /** Lists the tasks, newest first; the cursor is opaque. */
  @EndpointSummary("List the tasks the agent was given")
  @GetMapping
  Page<TaskView> tasks(
      BuyerAgents agents,
      @AllowedRoles(Role.PRINCIPAL) Caller caller,
      @RequestParam(required = false) @Nullable String cursor) {
    return agents.forCaller(caller).taskService().page(cursor, PAGE);
  }

  @EndpointSummary("Read a task")
  @GetMapping("/{id}")
  TaskView task(
      BuyerAgents agents, @AllowedRoles(Role.PRINCIPAL) Caller caller, @PathVariable String id) {
    var agent = agents.forCaller(caller);
    return known(agent.taskService().find(id), id);
  }

  /** Makes the task due now, for example when a sub-account was just topped up. */
  @EndpointSummary("Have the agent go on with a task that waits")
  @PostMapping("/{id}/continue")
  TaskView resume(
      BuyerAgents agents, @AllowedRoles(Role.PRINCIPAL) Caller caller, @PathVariable String id) {
    var agent = agents.forCaller(caller);
    agent.taskService().wake(id);
    return known(agent.taskService().find(id), id);
  }

  /**
   * Returns the document as its seller rendered it; the headers keep it apart from all other pages.
   */
  @EndpointSummary("Read the document a task delivered")
  @GetMapping("/{id}/report")
  ResponseEntity<byte[]> report(
      BuyerAgents agents, @AllowedRoles(Role.PRINCIPAL) Caller caller, @PathVariable String id) {
    var agent = agents.forCaller(caller);
    return ResponseEntity.ok()
        .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
        .header("Content-Security-Policy", "sandbox; default-src 'none'")
        .header("X-Content-Type-Options", "nosniff")
        .body(known(agent.taskService().document(id), id).getBytes(StandardCharsets.UTF_8));
  }

  private static <T> T known(Optional<T> found, String id) {
    return found.orElseThrow(
        () ->
            new Refusal(Problem.NOT_FOUND, "this agent has no such task, or nothing of it yet")
                .at("task_id")
                .observed(id));
  }
}
