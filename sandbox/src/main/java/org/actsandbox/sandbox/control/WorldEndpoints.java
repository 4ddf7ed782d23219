package org.actsandbox.sandbox.control;

import java.time.Clock;
import org.actsandbox.agent.model.ModelSettings;
import org.actsandbox.protocol.commerce.Page;
import org.actsandbox.protocol.http.Summary;
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

  /** Also answers the new world's keys; they are never shown to anybody else. */
  @Summary("Make a world")
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  WorldView create(@RequestBody(required = false) @Nullable WorldOrder order) {
    var wish = order == null ? WorldOrder.PLAIN : order;
    return view(worlds.create(wish.newWorld(machine.instant())));
  }

  @Summary("Read a world")
  @GetMapping("/{world}")
  WorldView one(World world) {
    return view(world);
  }

  @Summary("Reset a world to its beginning")
  @PostMapping("/{world}/reset")
  WorldView reset(World world) {
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
