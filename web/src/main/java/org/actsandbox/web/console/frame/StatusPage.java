package org.actsandbox.web.console.frame;

import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;

/** The status line alone, for pages that ask for it every few seconds. */
@Controller
class StatusPage {

  @GetMapping("/console/{world}/status")
  Rendering status(Visit visit) {
    return visit.fragment("console/layout :: status", Map.of());
  }
}
