package org.actsandbox.sandbox.tamper;

import java.time.Instant;
import java.util.List;
import org.actsandbox.protocol.http.Summary;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Evidence broken on purpose, and healed (operator only); so few that the list has no pages. */
@RestController
@RequestMapping("/api/worlds/{world}/tampering")
class TamperingEndpoints {

  record BreakList(List<BreakView> items) {}

  record BreakView(
      String breakId,
      Breakage kind,
      String recordId,
      Instant brokenAt,
      Break.Change change,
      Break.@Nullable Storage storage) {

    static BreakView of(Break broken) {
      return new BreakView(
          broken.breakId(),
          broken.kind(),
          broken.recordId(),
          broken.brokenAt(),
          broken.change(),
          broken.storage());
    }
  }

  @Summary("List what was tampered with")
  @GetMapping
  BreakList list(Lab lab) {
    return new BreakList(lab.breaks().stream().map(BreakView::of).toList());
  }

  @Summary("Tamper with a record, to see it found out")
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  BreakView tamper(Lab lab, @RequestBody TamperOrder order) {
    return BreakView.of(lab.tamper(order));
  }

  @Summary("Undo one tampering")
  @DeleteMapping("/{breakId}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void heal(Lab lab, @PathVariable String breakId) {
    lab.heal(breakId);
  }

  @Summary("Undo all tampering")
  @DeleteMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void healAll(Lab lab) {
    lab.healAll();
  }
}
