package org.actsandbox.web.console.guard;

import java.util.regex.Pattern;
import org.actsandbox.sandbox.edge.AccessPolicy;
import org.actsandbox.web.console.frame.Visit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;

/** Takes the admin key, where the server is bound to more than loopback. */
@Controller
public class LoginPage {

  static final String PATH = "/console/login";

  /** Only addresses of this server: one slash, then anything but another one or a backslash. */
  private static final Pattern LOCAL = Pattern.compile("/([A-Za-z0-9][^\\\\]{0,300})?");

  private final Sessions sessions;
  private final AccessPolicy access;

  LoginPage(Sessions sessions, AccessPolicy access) {
    this.sessions = sessions;
    this.access = access;
  }

  record Form(@Nullable String key, @Nullable String back) {}

  @GetMapping(PATH)
  Rendering ask(Visit visit) {
    return visit.page("console/login", "login").with("back", local(visit.query("back"))).show();
  }

  @PostMapping(PATH)
  Rendering login(Visit visit, @ModelAttribute Form form) {
    var key = form.key() == null ? "" : form.key().strip();
    if (!access.isAdminKey(key)) {
      return visit
          .page("console/login", "login")
          .status(401)
          .with("back", local(form.back()))
          .with("refused", true)
          .show();
    }
    sessions.open(visit.exchange(), true);
    return visit.redirect(local(form.back()));
  }

  /** The address if it is one of this server, else the start page. */
  public static String local(@Nullable String back) {
    return back != null && LOCAL.matcher(back).matches() ? back : "/";
  }
}
