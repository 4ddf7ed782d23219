package org.actsandbox.web.console.merchants;

import org.actsandbox.merchants.Merchant;
import org.actsandbox.merchants.Merchants;
import org.actsandbox.web.console.frame.Paging;
import org.actsandbox.web.console.frame.Visit;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;

/** The merchants, what each has, and what it holds for whom. */
@Controller
@RequestMapping("/console/{world}/merchants")
class MerchantPages {

  private static final int PAGE = 24;

  @GetMapping
  Rendering list(Visit visit) {
    var profiles =
        visit.world().part(Merchants.class).all().stream().map(Merchant::profile).toList();
    return visit.page("console/merchants", "merchants").with("profiles", profiles).show();
  }

  @GetMapping("/{merchant}")
  Rendering catalog(Visit visit, @PathVariable String merchant) {
    var shop = visit.world().part(Merchants.class).get(merchant);
    var query = visit.query("q");
    var page =
        shop.storefront().catalog(query, visit.query("category"), visit.query("cursor"), PAGE);
    return visit
        .page("console/merchant", "merchants")
        .with("profile", shop.profile())
        .with("tab", "catalog")
        .with("base", visit.world().at("/merchants/" + merchant).toString())
        .with("q", query == null ? "" : query)
        .with("entries", page.items())
        .with("next", Paging.next(visit, page.next()))
        .show();
  }

  @GetMapping("/{merchant}/items/{item}")
  Rendering item(Visit visit, @PathVariable String merchant, @PathVariable String item) {
    var shop = visit.world().part(Merchants.class).get(merchant);
    return visit
        .page("console/item", "merchants")
        .with("profile", shop.profile())
        .with("entry", shop.storefront().item(item))
        .show();
  }

  @GetMapping("/{merchant}/holds")
  Rendering holds(Visit visit, @PathVariable String merchant) {
    var shop = visit.world().part(Merchants.class).get(merchant);
    var page = shop.orderBook().holds(visit.query("cursor"), PAGE);
    return visit
        .page("console/merchant", "merchants")
        .with("profile", shop.profile())
        .with("tab", "holds")
        .with("base", visit.world().at("/merchants/" + merchant).toString())
        .with("holds", page.items())
        .with("next", Paging.next(visit, page.next()))
        .show();
  }
}
