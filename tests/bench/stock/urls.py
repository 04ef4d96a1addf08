from rest_framework.routers import DefaultRouter

from tests.bench.stock.views import StatementViewSet

router = DefaultRouter()
router.register("statements", StatementViewSet)
urlpatterns = router.urls
