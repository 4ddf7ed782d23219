package org.actsandbox.sandbox.control;

import java.time.Clock;
import org.actsandbox.agent.model.ModelSettings;
import org.actsandbox.protocol.http.CallerAddress;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.identity.AllowedRoles;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.protocol.wire.ValueCheckedRequest;
import org.actsandbox.sandbox.psp.endpoint.Psp;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.Worlds;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Creates, lists, resets and deletes worlds. */
@RestController
@RequestMapping("/api/worlds")
class WorldEndpoints {

  private final Worlds worlds;
  private final Clock machine;
  private final ModelSettings model;

  WorldEndpoints(Worlds worlds, Clock machine, ModelSettings model) {
    this.worlds = worlds;
    this.machine = machine;
    this.model = model;
  }

  @EndpointSummary("List the worlds")
  @GetMapping
  Page<Worlds.Summary> list(
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    return worlds.list(cursor, limit);
  }

  /** Creates a world. The answer contains the new world's keys, this once only. */
  @EndpointSummary("Make a world")
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  WorldView create(
      CallerAddress address, @RequestBody(required = false) @Nullable CreateWorldRequest body) {
    var request = body == null ? CreateWorldRequest.PLAIN : body;
    return WorldView.ofNew(worlds.create(request.newWorld(machine.instant())), model, address);
  }

  @EndpointSummary("Read a world")
  @GetMapping("/{world}")
  WorldView one(World world, CallerAddress address) {
    return WorldView.of(world, model, address);
  }

  /**
   * Answers the role keys. An operator's key does not open them, because the principal's key is
   * among them.
   */
  @EndpointSummary("Read the role keys of a world")
  @GetMapping("/{world}/keys")
  WorldKeys keys(World world, @AllowedRoles(Role.PRINCIPAL) Caller caller) {
    return WorldKeys.of(world);
  }

  /**
   * Represents the request body of a reset.
   *
   * @param pin PIN of the first principal; with it the PIN returns to the first one, without it the
   *     PIN and its lock stay as they are
   */
  record Reset(@Nullable String pin) implements ValueCheckedRequest {

    @Override
    public void checkValues(MistakeCollector mistakes) {
      mistakes.pin("pin", pin);
    }

    @Override
    public String toString() {
      return "Reset[]";
    }
  }

  @EndpointSummary("Reset a world to its beginning")
  @PostMapping("/{world}/reset")
  WorldView reset(
      World world, CallerAddress address, @RequestBody(required = false) @Nullable Reset request) {
    if (request != null && request.pin() != null) {
      var pins = world.participant(Psp.class).pins();
      pins.setBack(pins.require(World.PRINCIPAL, request.pin(), "reset the world"));
    }
    return WorldView.of(worlds.reset(world.name()), model, address);
  }

  @EndpointSummary("Delete a world")
  @DeleteMapping("/{world}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(World world) {
    worlds.delete(world.name());
  }
}
