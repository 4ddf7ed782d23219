package org.actsandbox.sandbox.control;

import java.time.Clock;
import org.actsandbox.agent.model.ModelSettings;
import org.actsandbox.protocol.commerce.Page;
import org.actsandbox.protocol.http.Summary;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.OnlyFor;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.sandbox.psp.Psp;
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

/** Making, finding, resetting and deleting worlds. */
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

  @Summary("List the worlds")
  @GetMapping
  Page<Worlds.Summary> list(
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    return worlds.list(cursor, limit);
  }

  /** Also answers the new world's keys, to whoever makes it and this once. */
  @Summary("Make a world")
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  WorldView create(@RequestBody(required = false) @Nullable WorldOrder order) {
    var wish = order == null ? WorldOrder.PLAIN : order;
    return WorldView.ofNew(worlds.create(wish.newWorld(machine.instant())), model);
  }

  @Summary("Read a world")
  @GetMapping("/{world}")
  WorldView one(World world) {
    return view(world);
  }

  /** No operator's key answers these, because the principal's is among them. */
  @Summary("Read the role keys of a world")
  @GetMapping("/{world}/keys")
  WorldKeys keys(World world, @OnlyFor(Role.PRINCIPAL) Caller caller) {
    return WorldKeys.of(world);
  }

  /**
   * @param pin of the first principal; with it the PIN is the first one again, without it the PIN
   *     and its lock stay as they are
   */
  record Reset(@Nullable String pin) {

    @Override
    public String toString() {
      return "Reset[]";
    }
  }

  @Summary("Reset a world to its beginning")
  @PostMapping("/{world}/reset")
  WorldView reset(World world, @RequestBody(required = false) @Nullable Reset wish) {
    if (wish != null && wish.pin() != null) {
      var pins = world.part(Psp.class).pins();
      pins.setBack(pins.require(World.PRINCIPAL, wish.pin(), "reset the world"));
    }
    return view(worlds.reset(world.name()));
  }

  @Summary("Delete a world")
  @DeleteMapping("/{world}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(World world) {
    worlds.delete(world.name());
  }

  private WorldView view(World world) {
    return WorldView.of(world, model);
  }
}
