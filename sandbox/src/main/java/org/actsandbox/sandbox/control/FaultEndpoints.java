package org.actsandbox.sandbox.control;

import java.util.List;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.fault.Fault;
import org.actsandbox.sandbox.fault.FaultOrder;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What misbehaves on purpose in a world; at most a hundred, so the list has no pages. */
@RestController
@RequestMapping("/api/worlds/{world}/faults")
class FaultEndpoints {

  record FaultList(List<Fault.Status> items) {}

  record Switch(@Nullable Boolean enabled) {}

  @GetMapping
  FaultList list(World world) {
    return new FaultList(world.faults().list());
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  Fault.Status add(World world, @RequestBody FaultOrder order) {
    return world.faults().add(order);
  }

  @PatchMapping("/{id}")
  Fault.Status change(World world, @PathVariable String id, @RequestBody Switch order) {
    var enabled = order.enabled();
    if (enabled == null) {
      throw new Refusal(Problem.INVALID_FIELD, "enabled is needed")
          .at("enabled")
          .expected("true or false");
    }
    return world.faults().enable(id, enabled);
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(World world, @PathVariable String id) {
    world.faults().remove(id);
  }

  @DeleteMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void clear(World world) {
    world.faults().clear();
  }
}
