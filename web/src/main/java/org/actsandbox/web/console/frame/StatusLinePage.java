package org.actsandbox.web.console.frame;

import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;

/** Serves only the status line, for pages that ask for it every few seconds. */
@Controller
class StatusLinePage {

  @GetMapping("/console/{world}/status")
  Rendering status(PageRequest pageRequest) {
    // A page of a world that was deleted meanwhile is told so (the world is not found).
    pageRequest.world();
    return pageRequest.fragment("console/layout :: status", Map.of());
  }
}
