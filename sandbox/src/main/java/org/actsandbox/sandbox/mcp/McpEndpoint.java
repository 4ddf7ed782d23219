package org.actsandbox.sandbox.mcp;

import org.actsandbox.agent.api.BuyerAgents;
import org.actsandbox.merchants.a2a.JsonRpc;
import org.actsandbox.protocol.http.CallerAddress;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.WireMessages;
import org.actsandbox.protocol.identity.AllowedRoles;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves the Model Context Protocol over streamable HTTP. Every answer is one JSON document: there
 * is nothing that this server sends by itself, so a GET, which would open a stream, is refused.
 */
@RestController
@RequestMapping("/w/{world}/mcp")
class McpEndpoint {

  private final McpServer mcpServer;

  McpEndpoint(McpServer mcpServer) {
    this.mcpServer = mcpServer;
  }

  @EndpointSummary("Call the tools of the world's agent over the Model Context Protocol")
  @WireMessages(takes = JsonRpc.Request.class, answers = JsonRpc.Response.class)
  @PostMapping
  ResponseEntity<byte[]> message(
      World world,
      BuyerAgents agents,
      @AllowedRoles({Role.AGENT, Role.ASSISTANT}) Caller caller,
      CallerAddress address,
      ServerHttpRequest request,
      @RequestBody(required = false) byte @Nullable [] body) {
    var message = body == null ? new byte[0] : body;
    var reply = mcpServer.answer(arrival(world, agents, caller, address, request), message);
    var answer = ResponseEntity.status(reply.status());
    if (reply.sessionId() != null) {
      answer.header(McpHeaders.SESSION_ID, reply.sessionId());
    }
    if (reply.status() == HttpStatus.TOO_MANY_REQUESTS.value()) {
      answer.header(HttpHeaders.RETRY_AFTER, "1");
    }
    return reply.body() == null
        ? answer.build()
        : answer.contentType(MediaType.APPLICATION_JSON).body(Json.bytes(reply.body()));
  }

  @EndpointSummary("End a session of the Model Context Protocol")
  @DeleteMapping
  ResponseEntity<Void> end(
      World world,
      BuyerAgents agents,
      @AllowedRoles({Role.AGENT, Role.ASSISTANT}) Caller caller,
      CallerAddress address,
      ServerHttpRequest request) {
    boolean ended = mcpServer.end(arrival(world, agents, caller, address, request));
    return ResponseEntity.status(ended ? HttpStatus.NO_CONTENT : HttpStatus.NOT_FOUND).build();
  }

  /**
   * Refuses the keys of agents from outside: they keep their private keys, so that the server
   * cannot sign for them.
   */
  private static McpServer.Arrival arrival(
      World world,
      BuyerAgents agents,
      Caller caller,
      CallerAddress address,
      ServerHttpRequest request) {
    if (caller.is(Role.AGENT) && !caller.did().filter(world.agent()::equals).isPresent()) {
      throw new Refusal(Problem.KEY_FORBIDDEN, "the server holds no signing key of this agent")
          .at("Authorization")
          .expected("the key of the world's agent, or of a principal's assistant")
          .remedy("The page Connect an agent has the key, or GET /api/worlds/{world}/keys.");
    }
    return new McpServer.Arrival(
        world,
        agents.forAssistant(caller).hostedBuyer(),
        caller,
        address,
        McpHeaders.of(request.getHeaders()));
  }
}
